import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { LogEntry } from './core-types.ts';
import type { FunctionsHost } from './functions-host.ts';
import { useHelloApp } from './use-hello-app.ts';

let host: FunctionsHost;
let log: LogEntry[] = [];

const start = useHelloApp(afterAll);
beforeAll(async () => {
  host = await start({ log: (entry) => log.push(entry) });
});
beforeEach(() => {
  log = [];
});

test('drops what the context logs after the answer, with a warning of the worker, and keeps the console', async () => {
  expect(await (await fetch(`${host.url}/api/late`)).text()).toBe('answered');
  await expect.poll(() => log.map(({ message }) => message)).toContain('late by the console');
  const messages = log.map(({ message }) => message);
  expect(messages).toContain('in time, through the log hook');
  expect(messages).not.toContain('too late');
  const warning = log.find(({ category }) => category === 'Worker.LateLog');
  expect(warning).toMatchObject({
    level: 'warning',
    message: expect.stringContaining('Function name: Late.') as string,
  });
});

test('guesses the level of a line on stderr from its words', async () => {
  const lines = ['all is well', 'an Error here', 'it failed', 'an error, or a WARNING'];
  await fetch(`${host.url}/api/say`, { method: 'POST', body: lines.join('\n') });
  const said = log.filter(({ category }) => category === 'Host.Function.Console');
  expect(said.map(({ message }) => message)).toEqual(lines);
  expect(said.map(({ level }) => level)).toEqual(['information', 'error', 'error', 'warning']);
});
