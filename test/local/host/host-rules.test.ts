import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FunctionsHost } from './functions-host.ts';
import { useHelloApp } from './use-hello-app.ts';
import { sendRaw } from '../raw-http.ts';

let host: FunctionsHost;

interface Echo {
  readonly method: string;
  readonly url: string;
  readonly query: Record<string, string>;
  readonly params: Record<string, string>;
  readonly headers: Record<string, string>;
  readonly body: string;
}

const start = useHelloApp(afterAll);
beforeAll(async () => {
  host = await start({ env: { FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '1000' } });
});

const call = (path: string, init?: RequestInit): Promise<Response> => fetch(`${host.url}${path}`, init);
const echo = async (path: string, init?: RequestInit): Promise<Echo> => (await (await call(path, init)).json()) as Echo;

test('answers 404, never 405, for a wrong method, HEAD, OPTIONS and an unknown path', async () => {
  for (const method of ['DELETE', 'PUT', 'HEAD', 'OPTIONS']) {
    expect((await call('/api/secured', { method })).status).toBe(404);
  }
  expect((await call('/secured')).status).toBe(404);
  expect((await call('/api/v1')).status).toBe(404);
  expect((await call('/')).status).toBe(404);
});

test('takes paths in any case and with a trailing slash', async () => {
  expect((await call('/API/V1/Customers/Contoso/')).status).toBe(200);
  expect((await call('/api/v1//customers/contoso')).status).toBe(404);
});

test('keeps %2F in route parameters and decodes other escapes', async () => {
  expect((await echo('/api/v1/echo/a%2Fb%20c%C3%A9')).params).toEqual({ name: 'a%2Fb cé' });
  expect((await echo('/api/v1/echo')).params).toEqual({});
});

test('tries literals before constrained parameters before free ones, by method', async () => {
  expect(await (await call('/api/v1/customers/validate', { method: 'POST' })).text()).toBe('literal');
  expect(await (await call('/api/v1/customers/validate')).text()).toBe('validate');
  expect(await (await call('/api/v1/customers/17')).text()).toBe('number');
  expect((await call('/api/v1/customers/contoso', { method: 'POST' })).status).toBe(404);
});

test('joins repeated query keys with a comma and lower-cases header names', async () => {
  expect((await echo('/api/v1/echo?a=1&A=2')).query).toEqual({ a: '1,2' });
  const { query, headers, url } = await echo('/api/v1/echo?a=1&b=x%20y&a=2&empty=', {
    headers: { 'X-Some-Thing': 'Aa' },
  });
  expect(query).toEqual({ a: '1,2', b: 'x y', empty: '' });
  expect(headers['x-some-thing']).toBe('Aa');
  expect(url).toBe(`${host.url}/api/v1/echo?a=1&b=x%20y&a=2&empty=`);
});

test('hands a body over when its length is known and nothing when it is chunked', async () => {
  expect((await echo('/api/v1/echo', { method: 'POST', body: 'grüße' })).body).toBe('grüße');
  const answer = await sendRaw(
    host.port,
    'POST /api/v1/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
  );
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  expect(answer).toContain('"body":""');
});

test('answers 500 with an empty body when the handler throws and 204 when it returns nothing', async () => {
  const broken = await call('/api/broken');
  expect([broken.status, await broken.text()]).toEqual([500, '']);
  expect((await call('/api/nothing')).status).toBe(204);
});

test('opens level function with the function, host and master key, the header before the query', async () => {
  for (const key of ['local-function-key', 'local-host-key', 'local-master-key']) {
    expect((await call('/api/secured', { headers: { 'x-functions-key': key } })).status).toBe(200);
    expect((await call(`/api/secured?code=${key}`)).status).toBe(200);
  }
  const wrong = { headers: { 'x-functions-key': 'wrong' } };
  const refused = await call('/api/secured?code=local-function-key', wrong);
  expect([refused.status, await refused.text()]).toEqual([401, '']);
  expect(refused.headers.get('www-authenticate')).toBeNull();
  expect((await call('/api/secured')).status).toBe(401);
  expect((await call('/api/nothing', wrong)).status).toBe(204);
});

test('leaves the key in the headers and in the query that the app sees', async () => {
  const { query, headers } = await echo('/api/v1/echo?code=one', { headers: { 'x-functions-key': 'two' } });
  expect([query['code'], headers['x-functions-key']]).toEqual(['one', 'two']);
});

test.each(['http://other/api/nothing', '/api/nowhere/../nothing', '/api/./nothing'])(
  'finds the route of the target %s',
  async (target) => {
    const head = `GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`;
    expect(await sendRaw(host.port, head)).toMatch(/^HTTP\/1\.1 204 /);
  },
);

test('joins repeated headers with a comma', async () => {
  const head = 'GET /api/v1/echo HTTP/1.1\r\nHost: a\r\nX-Own: 1\r\nX-Own: 2\r\nConnection: close\r\n\r\n';
  expect(await sendRaw(host.port, head)).toContain('"x-own":"1,2"');
});

test('opens level admin with the master key alone', async () => {
  expect((await call('/api/admin-only?code=local-function-key')).status).toBe(401);
  expect((await call('/api/admin-only?code=local-master-key')).status).toBe(200);
});

test('answers 500 and closes when a body is over the limit, after 404 and 401', async () => {
  const large = { method: 'POST', body: 'x'.repeat(1001) };
  const refused = await call('/api/v1/echo', large);
  expect([refused.status, await refused.text(), refused.headers.get('connection')]).toEqual([500, '', 'close']);
  expect((await call('/api/secured', large)).status).toBe(401);
  expect((await call('/api/none', large)).status).toBe(404);
  expect((await call('/api/v1/echo', { method: 'POST', body: 'x'.repeat(1000) })).status).toBe(200);
});
