import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Instance } from '../local/instance.ts';
import type { Stack } from '../local/stack.ts';
import { linesOf, post, request, startApp, type Answer } from './rig.ts';

const role = 'Customers.Onboard';
const principals = {
  holder: { id: 'a', roles: ['Other', role] },
  renamed: { id: 'b', roles: [role], roleType: 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role' },
  stranger: { id: 'c', roles: ['customers.onboard'] },
};
const forged = Buffer.from(JSON.stringify({ claims: [{ typ: 'roles', val: role }] })).toString('base64');

let guarded: Stack;
let open: Stack;
let instances: Record<'key' | 'keyWithRole' | 'entra' | 'entraWithRole' | 'unprotected' | 'unprotectedRole', Instance>;
beforeAll(async () => {
  const [[first, key], [second, unprotected]] = await Promise.all([
    startApp({ easyAuth: { principals } }),
    startApp({}, { env: { CALLER_AUTHENTICATION: 'entra' } }),
  ]);
  [guarded, open] = [first, second];
  const start = (stack: Stack, env: Record<string, string>): Promise<Instance> => stack.startInstance({ env });
  instances = {
    key,
    unprotected,
    keyWithRole: await start(guarded, { REQUIRED_APP_ROLE: role }),
    entra: await start(guarded, { CALLER_AUTHENTICATION: 'entra' }),
    entraWithRole: await start(guarded, { CALLER_AUTHENTICATION: 'entra', REQUIRED_APP_ROLE: role }),
    unprotectedRole: await start(open, { REQUIRED_APP_ROLE: role }),
  };
});
afterAll(() => Promise.all([guarded.close(), open.close()]));

/** The answer to each caller for an empty payload: 400 means that the caller was authorized. */
const table: readonly [keyof typeof instances, string, number, string | undefined][] = [
  ['key', 'nobody', 400, 'InvalidPayload'],
  ['keyWithRole', 'holder', 400, 'InvalidPayload'],
  ['keyWithRole', 'renamed', 400, 'InvalidPayload'],
  ['keyWithRole', 'stranger', 403, 'Forbidden'],
  ['keyWithRole', 'nobody', 403, 'Forbidden'],
  ['entra', 'stranger', 400, 'InvalidPayload'],
  ['entra', 'nobody', 401, 'Unauthorized'],
  ['entraWithRole', 'holder', 400, 'InvalidPayload'],
  ['entraWithRole', 'stranger', 403, 'Forbidden'],
  ['entraWithRole', 'nobody', 401, 'Unauthorized'],
  ['unprotected', 'holder', 500, 'ConfigurationError'],
  ['unprotectedRole', 'holder', 403, 'Forbidden'],
];

test.each(table)('with %s, %s gets %i %s', async (name, caller, status, code) => {
  const answer = await post(
    instances[name],
    {},
    { authorization: `Bearer ${caller}`, 'x-ms-client-principal': forged },
  );
  expect([answer.status, answer.body.code]).toEqual([status, code]);
});

test('requires no key with entra, and a key with key', async () => {
  const without = { 'x-functions-key': 'none', authorization: 'Bearer holder' };
  expect((await post(instances.entra, {}, without)).status).toBe(400);
  expect((await post(instances.key, {}, without)).status).toBe(401);
});

test('protects every operation except health', async () => {
  const calls: [string, RequestInit][] = [
    ['/v1/customers/x', {}],
    ['/v1/connection', {}],
    ['/v1/customers/validate', { method: 'POST' }],
  ];
  const answers: Answer[] = await Promise.all(calls.map(([path, init]) => request(instances.entra, path, init)));
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
  expect((await request(instances.entra, '/health')).status).toBe(200);
});

test('logs that the authentication of the platform is off', () => {
  const line = { level: 'error', check: 'App Service Authentication' };
  expect(linesOf(open, 'ConfigurationError')).toContainEqual(expect.objectContaining(line));
});
