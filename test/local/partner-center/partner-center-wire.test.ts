import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startPartnerCenterEmulator, type PartnerCenterEmulator } from './partner-center-emulator.ts';
import { mintToken } from '../wire/tokens.ts';
import { call, create, customerBody, makeToken } from './partner-center-caller.ts';

let emulator: PartnerCenterEmulator;

beforeEach(async () => {
  emulator = await startPartnerCenterEmulator();
});
afterEach(async () => {
  await emulator.close();
});

const withToken = (token: string) =>
  call(emulator, '/v1/customers', { headers: { authorization: token && `Bearer ${token}` } });

test.for([
  ['missing', ''],
  ['garbled', 'a.b.c'],
  ['expired', makeToken('app', { exp: 1 })],
])('answers a plain 401 to a %s token', async ([, token = '']) => {
  const { status, text, headers } = await withToken(token);
  expect([status, text]).toEqual([401, '']);
  expect(headers.get('www-authenticate')).toMatch(/^Bearer/);
  expect(headers.get('ms-correlationid')).toBeTruthy();
});

test('answers 900420 to another audience and 900421 to a user without MFA', async () => {
  const graph = makeToken('app', { aud: 'https://graph.windows.net' });
  expect(await withToken(graph)).toMatchObject({ status: 401, json: { code: 900420 } });
  const weak = makeToken('user', { amr: ['pwd'] });
  expect(await withToken(weak)).toMatchObject({ status: 401, json: { code: 900421 } });
  emulator.knobs.bareMfaAnswer = true;
  expect(await withToken(weak)).toMatchObject({ status: 401, text: '' });
  expect((await withToken(makeToken('user'))).status).toBe(200);
});

test('accepts the audience of another cloud on request', async () => {
  const aud = 'https://partner.partnercenterapi.microsoftonline.cn';
  const chinese = await startPartnerCenterEmulator({ audience: aud });
  const exp = Date.now() / 1000 + 60;
  const authorization = `Bearer ${mintToken({ aud, exp, tid: randomUUID(), appid: randomUUID(), idtyp: 'app' })}`;
  expect((await call(chinese, '/v1/customers', { headers: { authorization } })).status).toBe(200);
  expect((await call(chinese, '/v1/customers')).status).toBe(401);
  await chinese.close();
});

test('echoes the ids, makes new ones when they are absent, and carries the trace headers', async () => {
  const [requestId, correlationId] = [randomUUID(), randomUUID()];
  const given = { 'ms-requestid': requestId, 'ms-correlationid': correlationId };
  const { headers } = await call(emulator, '/v1/customers', { headers: given });
  expect([headers.get('ms-requestid'), headers.get('ms-correlationid')]).toEqual([requestId, correlationId]);
  for (const name of ['ms-cv', 'ms-serverid', 'date']) expect(headers.get(name)).toBeTruthy();
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  const bare = await fetch(`${emulator.url}/v1/domains/a.onmicrosoft.com`, { method: 'HEAD' });
  expect(bare.headers.get('ms-requestid')).toMatch(/^[0-9a-f-]{36}$/);
});

test('begins bodies with a byte order mark by default', async () => {
  const firstByte = async () => {
    const headers = { authorization: `Bearer ${makeToken('app')}` };
    const response = await fetch(`${emulator.url}/v1/countryvalidationrules/PT`, { headers });
    return Buffer.from(await response.arrayBuffer())[0];
  };
  expect(await firstByte()).toBe(0xef);
  emulator.knobs.byteOrderMark = false;
  expect(await firstByte()).toBe('{'.charCodeAt(0));
});

test('writes errors in every shape, the code as number or text', async () => {
  const answer = async () => (await create(emulator, customerBody('x.com'))).json;
  expect(await answer()).toMatchObject({ code: 2000, data: ['companyProfile.domain'], source: 'PartnerFD' });
  emulator.knobs.codeAsText = true;
  expect(await answer()).toMatchObject({ code: '2000' });
  emulator.knobs.errorShape = 'B';
  expect(await answer()).toMatchObject({ isRetryable: false, errorMessageExtended: 'InternalErrorCode=2000' });
  emulator.knobs.errorShape = 'C';
  expect(Object.keys(await answer())).toEqual(['statusCode', 'message']);
  emulator.knobs.errorShape = 'D';
  expect(await create(emulator, customerBody('x.com'))).toMatchObject({ status: 400, text: '' });
});

test('throttles beyond the limit of a minute with the body of the gateway', async () => {
  emulator.knobs.limitPerMinute = 2;
  await call(emulator, '/v1/customers');
  await call(emulator, '/v1/customers');
  const { status, json, headers } = await call(emulator, '/v1/customers');
  expect([status, json['statusCode']]).toEqual([429, 429]);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(50);
});

test('injects its own error as a fault', async () => {
  const answer = emulator.errorAnswer(429, 429, 7);
  emulator.server.faults.add({ kind: 'status', matches: () => true, answer });
  const { status, headers, json } = await call(emulator, '/v1/customers');
  expect([status, headers.get('retry-after'), json['statusCode']]).toEqual([429, '7', 429]);
  expect((await call(emulator, '/v1/customers')).status).toBe(200);
});
