import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { FunctionsHost } from './functions-host.ts';
import { useHelloApp } from './use-hello-app.ts';
import { sendRaw } from '../raw-http.ts';

let host: FunctionsHost;

const start = useHelloApp(afterAll);
beforeAll(async () => {
  host = await start();
});

const call = (path: string): Promise<Response> => fetch(`${host.url}${path}`);
const post = (body: unknown): Promise<Response> =>
  fetch(`${host.url}/api/answer`, { method: 'POST', body: JSON.stringify(body) });

test('puts the custom headers on every answer, with the header of the app winning', async () => {
  for (const path of ['/api/secured', '/api/none', '/api/broken', '/api/nothing']) {
    const { headers } = await call(path);
    expect([headers.get('x-content-type-options'), headers.get('cache-control')]).toEqual(['nosniff', 'no-store']);
  }
  const own = await post({ headers: { 'cache-control': 'max-age=1' } });
  expect(own.headers.get('cache-control')).toBe('max-age=1');
});

test('answers chunked with canonical names for known headers and lower-case own ones', async () => {
  const body = JSON.stringify({ status: 201, jsonBody: { a: 1 }, headers: { location: '/x', 'X-Own': 'y' } });
  const head = `POST /api/answer HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n`;
  const answer = await sendRaw(host.port, head + body);
  expect(answer).toMatch(/^HTTP\/1\.1 201 /);
  for (const line of ['Location: /x', 'x-own: y', 'Content-Type: application/json', 'Transfer-Encoding: chunked']) {
    expect(answer).toContain(`\r\n${line}\r\n`);
  }
});

test('answers 500 for an impossible status, a header outside ASCII and a Content-Length that is too short', async () => {
  expect((await post({ status: 999 })).status).toBe(500);
  expect((await post({ headers: { 'x-own': 'é' } })).status).toBe(500);
  expect((await post({ body: 'hello', headers: { 'content-length': '2' } })).status).toBe(500);
  for (const headers of [{ 'content-length': '9' }, { 'transfer-encoding': 'chunked' }])
    await expect(post({ body: 'hello', headers }).then((cut) => cut.text())).rejects.toThrow('terminated');
  expect((await post({ body: 'hello' })).headers.get('content-type')).toMatch(/^text\/plain/);
});

test('joins cookies and repeated headers into one value each', async () => {
  const cookies = [
    { name: 'a', value: '1 2', path: '/', secure: true, httpOnly: true, maxAge: 60 },
    { name: 'b', value: '3', domain: 'example.com' },
  ];
  const { headers } = await post({ cookies });
  expect(headers.get('set-cookie')).toBe('a=1%202; max-age=60; path=/; secure; httponly, b=3; domain=example.com');
});

test('lives through malformed requests, huge headers and bodies that break off', async () => {
  const storm = [
    'NONSENSE\r\n\r\n',
    'GET / HTTP/9.9\r\n\r\n',
    'GET /api/nothing HTTP/1.1\r\n\r\n',
    'GET /api/nothing HTTP/1.1\r\nHost: a b%%\r\n\r\n',
    'GET /api/%zz%00/%2e%2e/x HTTP/1.1\r\nHost: a\r\n\r\n',
    `GET /api/nothing HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`,
    'POST /api/answer HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\n{"half":',
    'POST /api/answer HTTP/1.1\r\nHost: a\r\nContent-Length: abc\r\n\r\n',
    'POST /api/answer HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    'CONNECT x:1 HTTP/1.1\r\nHost: a\r\n\r\n',
    Buffer.from([0x16, 0x03, 0x01, 0x00, 0xff, 0x00, 0xfe]),
  ];
  const answers = await Promise.all(storm.flatMap((bytes) => [sendRaw(host.port, bytes), sendRaw(host.port, bytes)]));
  expect(answers.filter((answer) => answer !== '').every((answer) => /^HTTP\/1\.1 [45]\d\d /.test(answer))).toBe(true);
  // A truncated body keeps its slot until the host has seen the end of its connection.
  await vi.waitFor(async () => expect((await call('/api/nothing')).status).toBe(204), { timeout: 5000 });
  expect(host.inFlight).toBeLessThan(2);
});
