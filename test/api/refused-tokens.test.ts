import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Instance } from '../local/instance.ts';
import type { Stack } from '../local/stack.ts';
import { refuseWornTokens } from '../unit/network/refuse-worn-tokens.ts';
import { customer, detailsOf, linesOf, post, request, startApp } from './rig.ts';

let stack: Stack;
let app: Instance;
const settings = { PARTNER_SECRET_CACHE_SECONDS: '0' };
beforeAll(async () => {
  [stack, app] = await startApp({ fallbackVault: true, credential: 'managed-identity', settings });
});
afterAll(() => stack.close());
afterEach(() => {
  for (const { faults } of Object.values(stack.servers)) faults.clear();
});

const services = ['credentialVault', 'table'] as const;

test.each(services)('onboards although %s refuses the cached token', async (name) => {
  expect((await post(app, customer())).status).toBe(201);
  const tokens = stack.identity.server.requests.length;
  refuseWornTokens(stack[name].server);
  expect((await post(app, customer())).status).toBe(201);
  expect(stack.identity.server.requests.length).toBe(tokens + 1);
});

test('reads the partner secrets although the partner vault refuses the cached token', async () => {
  await request(app, '/v1/connection');
  const tokens = stack.identity.server.requests.length;
  refuseWornTokens(stack.partnerVault.server);
  expect((await request(app, '/v1/connection')).body.status).toBe('Connected');
  expect(stack.identity.server.requests.length).toBe(tokens + 1);
});

test('gets one new token per service for all calls that are refused at the same time', async () => {
  await post(app, customer());
  const tokens = stack.identity.server.requests.length;
  for (const name of services) refuseWornTokens(stack[name].server);
  const answers = await Promise.all(Array.from({ length: 8 }, () => post(app, customer())));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
  expect(stack.identity.server.requests.length).toBe(tokens + 2);
});

test('signs in to Partner Center with a new token of the identity if Entra refuses the cached one', async () => {
  const tokens = stack.identity.server.requests.length;
  stack.entra.failNext(700024, 1);
  expect((await request(app, '/v1/connection')).body.status).toBe('Connected');
  expect(stack.identity.server.requests.length).toBe(tokens + 1);
});

const refusing = [
  ['partnerVault', 'the vault rejects the token of the app'],
  ['credentialVault', 'the vault rejects the token of the app'],
  ['fallbackVault', 'the vault rejects the token of the app'],
  ['table', 'the table rejects the token of the app'],
] as const;

test.each(refusing)('names the cause when %s refuses every token', async (name, reason) => {
  const headers = { 'content-type': 'application/json', 'x-ms-request-id': 'r', 'x-ms-version': 'v' };
  const body = JSON.stringify({
    'odata.error': { code: 'InvalidAuthenticationInfo' },
    error: { code: 'Unauthorized' },
  });
  const { server } = stack[name]!;
  server.faults.add({ kind: 'status', answer: { status: 401, headers, body }, times: Infinity, matches: () => true });
  const answer = await request(app, '/v1/connection');
  const target = name === 'table' ? 'recordStore' : name;
  expect([answer.status, ...detailsOf(answer)]).toEqual([
    500,
    ...[`ConfigurationError ${target}`].concat(name === 'partnerVault' ? ['ConfigurationError partnerCenter'] : []),
  ]);
  const line = linesOf(stack, 'ConfigurationError').at(-1);
  expect(line?.['level']).toBe('error');
  expect(line?.['reason']).toContain(reason);
});
