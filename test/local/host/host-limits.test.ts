import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FunctionsHost } from './functions-host.ts';
import { useHelloApp } from './use-hello-app.ts';
import { sendRaw } from '../raw-http.ts';

let host: FunctionsHost;

const start = useHelloApp(afterAll);
beforeAll(async () => {
  host = await start({ times: { body: 150 } });
});

const ask = (target: string, headers = 'Host: a\r\n'): Promise<string> =>
  sendRaw(host.port, `GET ${target} HTTP/1.1\r\n${headers}\r\n`);

/** Refused below the host: an empty answer without the custom headers of host.json, and the connection closes. */
function expectServerAnswer(answer: string, status: number): void {
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(answer).toContain('Connection: close');
  expect(answer.toLowerCase()).not.toContain('x-content-type-options');
  expect(answer).toMatch(/\r\n\r\n$/);
}

test('answers 414 to a request line over 8 KiB, before any route', async () => {
  expectServerAnswer(await ask(`/api/nothing?a=${'x'.repeat(8200)}`), 414);
  expectServerAnswer(await ask(`/nowhere?a=${'x'.repeat(40_000)}`), 414);
  expect(await ask(`/api/nothing?a=${'x'.repeat(8000)}`)).toMatch(/^HTTP\/1\.1 204 /);
});

test('answers 431 to more than 100 headers, and to more than 32 KiB of them', async () => {
  const headers = (count: number): string => Array.from({ length: count }, (_, index) => `x-${index}: 1\r\n`).join('');
  expectServerAnswer(await ask('/api/nothing', `Host: a\r\n${headers(100)}`), 431);
  for (const length of [33_000, 140_000])
    expectServerAnswer(await ask('/api/nothing', `Host: a\r\nX: ${'x'.repeat(length)}\r\n`), 431);
  expect(await ask('/api/nothing', `Host: a\r\n${headers(99)}`)).toMatch(/^HTTP\/1\.1 204 /);
});

test('answers 400 to %00 in the path, to two Host headers and to one that is no host', async () => {
  expectServerAnswer(await ask('/api/v1/echo/a%00b'), 400);
  expectServerAnswer(await ask('/api/nothing', 'Host: a\r\nHost: b\r\n'), 400);
  expectServerAnswer(await ask('/api/nothing', 'Host: a b%%\r\n'), 400);
  expect(await ask('/api/v1/echo?a=%00')).toMatch(/^HTTP\/1\.1 200 /);
});

test('answers 500 and closes when a body stalls, and the handler never runs', async () => {
  const answer = await sendRaw(
    host.port,
    'POST /api/v1/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\nonly this',
    2000,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 500 /);
  expect(answer).toContain('Connection: close');
});
