import { expect, test } from 'vitest';
import { read } from '../house/sources.ts';
import { readExample } from '../local/read-example.ts';
import { startStack } from '../local/stack.ts';
import { readCodeBlocks } from './page.ts';

type Json = Readonly<Record<string, unknown>>;

/** The bodies of several lines in a text of HTTP messages. */
const bodiesOf = (text: string): Json[] =>
  [...text.matchAll(/^\{\n[\s\S]*?^\}$/gm)].map(([body]) => JSON.parse(body) as Json);

const messages = readCodeBlocks('README.md')
  .filter(({ language }) => language === 'http')
  .map(({ code }) => code);

test('the requests of README and api.http send the example customer', () => {
  const requests = [...bodiesOf(messages[0] ?? ''), ...bodiesOf(read('api.http'))];
  expect(requests).toEqual([readExample(), readExample(), readExample()]);
});

test('the answer of README has the fields of the real one, in its order', async () => {
  const stack = await startStack();
  const instance = await stack.startInstance();
  const headers = { 'content-type': 'application/json' };
  const answer = await instance.call('/api/v1/customers', {
    method: 'POST',
    headers,
    body: JSON.stringify(readExample()),
  });
  const real = (await answer.json()) as Json;
  const [shown = {}] = bodiesOf(messages[1] ?? '');
  expect(Object.keys(shown)).toEqual(Object.keys(real));
  const made = /Id$|^vaultUri$/;
  const plain = (body: Json): Json => Object.fromEntries(Object.entries(body).filter(([field]) => !made.test(field)));
  expect(plain(shown)).toEqual(plain(real));
  expect(messages[1]).toContain(`HTTP/1.1 ${answer.status} `);
  expect(messages[1]).toContain(new URL(answer.headers.get('location') ?? '').pathname);
  await stack.close();
});
