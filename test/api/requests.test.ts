import { afterAll, beforeAll, expect, test } from 'vitest';
import { errorCodes } from '../../shared/errors/error-codes.ts';
import { sendRaw } from '../local/raw-http.ts';
import type { Instance } from '../local/instance.ts';
import type { Stack } from '../local/stack.ts';
import { customer, detailsOf, post, request, startApp } from './rig.ts';

let stack: Stack;
let app: Instance;
beforeAll(async () => void ([stack, app] = await startApp()));
afterAll(() => stack.close());

const json = { 'content-type': 'application/json' };

function send(body: string | Buffer<ArrayBuffer>, headers: Record<string, string> = json): ReturnType<typeof request> {
  return request(app, '/v1/customers', { method: 'POST', headers, body });
}

test.each<[string, string | Buffer<ArrayBuffer>, Record<string, string>, number, string]>([
  ['no JSON', '{"domain":', json, 400, 'InvalidJson'],
  ['an empty body', '', json, 400, 'InvalidJson'],
  ['two objects', '{}{}', json, 400, 'InvalidJson'],
  ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), json, 400, 'InvalidJson'],
  ['brackets without end', '['.repeat(60_000), json, 400, 'InvalidJson'],
  ['a deep list', `${'['.repeat(30_000)}${']'.repeat(30_000)}`, json, 400, 'InvalidPayload'],
  ['a text', '"x"', json, 400, 'InvalidPayload'],
  ['an empty object behind a byte order mark', '\uFEFF{}', json, 400, 'InvalidPayload'],
  ['64 KiB and one byte', ' '.repeat(65_537), json, 413, 'PayloadTooLarge'],
  ['a form', 'domain=x', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'UnsupportedMediaType'],
  ['text', '{}', { 'content-type': 'text/plain' }, 415, 'UnsupportedMediaType'],
  ['no content type', Buffer.from('{}'), {}, 415, 'UnsupportedMediaType'],
  ['something like JSON', '{}', { 'content-type': 'application/json-patch+json' }, 415, 'UnsupportedMediaType'],
])('refuses %s', async (_what, body, headers, status, code) => {
  const answer = await send(body, headers);
  expect([answer.status, answer.body.code]).toEqual([status, code]);
});

test('accepts 64 KiB, any case of the content type, and a charset', async () => {
  const payload = JSON.stringify(customer());
  const answer = await send(payload.padEnd(65_536), { 'content-type': 'Application/JSON; charset=UTF-8' });
  expect(answer.status).toBe(201);
});

test('refuses a chunked body, which the platform drops, with a message that explains it', async () => {
  const head = `POST /api/v1/customers HTTP/1.1\r\nHost: x\r\nx-functions-key: local-function-key\r\n`;
  const rest = 'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n';
  const answer = await sendRaw(Number(new URL(app.url).port), head + rest);
  expect(answer).toMatch(/^HTTP\/1\.1 400/);
  expect(answer).toContain('Content-Length');
});

test('answers every error in one schema that Power Automate, Azure tools and RFC 9457 clients understand', async () => {
  const answer = await post(app, customer({ email: 'x', lastName: undefined }));
  const message = errorCodes.InvalidPayload.message;
  expect(answer.body).toEqual({
    type: `${app.url}/errors/InvalidPayload`,
    title: errorCodes.InvalidPayload.title,
    status: 400,
    detail: message,
    code: 'InvalidPayload',
    message,
    correlationId: answer.headers.get('x-correlation-id'),
    error: {
      code: 'InvalidPayload',
      message,
      target: 'lastName',
      details: [
        { code: 'Required', target: 'lastName', message: 'Add this field: it is required.' },
        { code: 'Invalid', target: 'email', message: 'Send an email address, such as name@example.com.' },
      ],
    },
  });
  expect(answer.headers.get('x-ms-error-code')).toBe('InvalidPayload');
  expect(answer.headers.get('content-type')).toBe('application/json');
});

test.each([
  ['application/problem+json', 'application/problem+json'],
  ['application/json, Application/Problem+JSON;q=0.9', 'application/problem+json'],
  ['application/json', 'application/json'],
  ['*/*', 'application/json'],
])('answers an error to Accept: %s as %s', async (accept, expected) => {
  const wrong = await send('{', { ...json, accept });
  expect(wrong.headers.get('content-type')).toBe(expected);
  const right = await request(app, '/health', { headers: { accept } });
  expect(right.headers.get('content-type')).toBe('application/json');
});

test('has a status and a message with the remedy for every code', () => {
  for (const { status, title, message } of Object.values(errorCodes)) {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(title).toMatch(/^[A-Z][^.]+$/);
    expect(message).toMatch(/^[A-Z].{15,}\.$/s);
  }
});

const guid = '0F0f6a52-7a4e-4c52-9d0e-0b8f3f1c2d10';
const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
test.each<[string, Record<string, string>, RegExp]>([
  ['the GUID of the caller', { 'x-correlation-id': guid }, new RegExp(`^${guid}$`)],
  ['the trace id', { traceparent: `00-${trace}-00f067aa0ba902b7-01` }, /^4bf92f35-77b3-4da6-a3ce-929d0e0e4736$/],
  ['the trace id', { 'x-correlation-id': 'mine', traceparent: `00-${trace}-00f067aa0ba902b7-01` }, /^4bf92f35-/],
  ['a new id', { 'x-correlation-id': `${guid}\u00e9` }, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/],
  ['a new id', { traceparent: 'nonsense' }, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/],
])('answers with %s as correlation id', async (_what, headers, expected) => {
  for (const path of ['/health', '/v1/customers/x']) {
    const answer = await request(app, path, { headers });
    expect(answer.headers.get('x-correlation-id')).toMatch(expected);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  }
});

test('answers health without a key, a setting or an upstream', async () => {
  const bare = await stack.startInstance({
    env: Object.fromEntries(Object.keys(stack.environment).map((n) => [n, ''])),
  });
  const before = Object.values(stack.servers).map(({ requests }) => requests.length);
  const answer = await request(bare, '/health', { headers: { 'x-functions-key': 'none' } });
  expect([answer.status, answer.body]).toEqual([200, { status: 'Healthy', version: '1.0.0' }]);
  expect(Object.values(stack.servers).map(({ requests }) => requests.length)).toEqual(before);
});

test('keeps a key from the URL out of every link and log line', async () => {
  const path = '/v1/customers?code=local-function-key&validateOnly=false';
  const created = await post(app, customer(), {}, path);
  const refused = await post(app, {}, {}, path);
  expect([created.status, refused.status]).toEqual([201, 400]);
  expect(new URL(created.headers.get('location') ?? '').search).toBe('');
  const texts = [created, refused].map(({ text, headers }) => `${text}${JSON.stringify([...headers])}`);
  expect(`${texts.join('')}${JSON.stringify(stack.logLines)}`).not.toContain('local-function-key');
});

test('authorizes no call without a key', async () => {
  for (const path of ['/v1/customers/x', '/v1/connection', '/v1/customers/validate'])
    expect((await request(app, path, { headers: { 'x-functions-key': 'none' } })).status).toBe(401);
});

test('checks a missing app role before the payload', async () => {
  const env = { REQUIRED_APP_ROLE: 'Customers.Onboard', WEBSITE_AUTH_ENABLED: 'True' };
  const guarded = await stack.startInstance({ env });
  const answer = await post(guarded, { nonsense: true });
  expect([answer.status, answer.body.code, ...detailsOf(answer)]).toEqual([403, 'Forbidden']);
});
