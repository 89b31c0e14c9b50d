import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FunctionsHost } from './functions-host.ts';
import { useHelloApp } from './use-hello-app.ts';
import { sendRaw } from '../raw-http.ts';

let host: FunctionsHost;

const start = useHelloApp(afterAll);
beforeAll(async () => {
  host = await start();
});

const status = async (path: string, headers: Record<string, string> = {}): Promise<number> =>
  (await fetch(`${host.url}${path}`, { headers })).status;

test('compares keys without case, in the header and in the query', async () => {
  expect(await status('/api/secured', { 'x-functions-key': 'LOCAL-Function-key' })).toBe(200);
  expect(await status('/api/secured?code=Local-Host-Key')).toBe(200);
  expect(await status('/api/admin-only?code=LOCAL-MASTER-KEY')).toBe(200);
});

test('finds `code` in any case of its name', async () => {
  expect(await status('/api/secured?Code=local-function-key')).toBe(200);
  expect(await status('/api/secured?a=1&CODE=local-function-key')).toBe(200);
});

test('looks at the first of several keys only', async () => {
  const ask = (...keys: string[]): Promise<string> => {
    const lines = keys.map((key) => `x-functions-key: ${key}\r\n`).join('');
    return sendRaw(host.port, `GET /api/secured HTTP/1.1\r\nHost: a\r\n${lines}Connection: close\r\n\r\n`);
  };
  expect(await ask('local-function-key', 'wrong')).toMatch(/^HTTP\/1\.1 200 /);
  expect(await ask('wrong', 'local-function-key')).toMatch(/^HTTP\/1\.1 401 /);
});

test('answers 401 to an empty key in the header, also beside a good one in the query', async () => {
  expect(await status('/api/secured?code=local-function-key', { 'x-functions-key': '' })).toBe(401);
});
