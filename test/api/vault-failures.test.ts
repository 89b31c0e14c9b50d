import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Instance } from '../local/instance.ts';
import type { Stack } from '../local/stack.ts';
import { baseOf, customer, linesOf, post, startApp } from './rig.ts';

let stack: Stack;
let app: Instance;
beforeAll(async () => {
  [stack, app] = await startApp({ fallbackVault: true, settings: { ONBOARDING_TIMEOUT_SECONDS: '4' } });
});
afterAll(() => stack.close());
afterEach(() => {
  for (const vault of [stack.credentialVault, stack.fallbackVault!, stack.partnerVault]) {
    vault.outage = false;
    vault.readOnly = false;
  }
});

test('answers 503 VaultUnavailable with Retry-After when every vault is down, and creates nothing', async () => {
  const creates = stack.partnerCenter.createCalls;
  stack.credentialVault.outage = true;
  stack.fallbackVault!.outage = true;
  const payload = customer();
  const answer = await post(app, payload);
  expect([answer.status, answer.body.code]).toEqual([503, 'VaultUnavailable']);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(stack.partnerCenter.createCalls).toBe(creates);
});

test.each(['readOnly', 'deleted'])('answers 503 VaultUnavailable when no vault accepts writes: %s', async (why) => {
  const creates = stack.partnerCenter.createCalls;
  const payload = customer();
  for (const vault of [stack.credentialVault, stack.fallbackVault!]) {
    if (why === 'readOnly') vault.readOnly = true;
    else {
      vault.setSecret(`${baseOf(payload)}-admin-username`, 'x');
      vault.softDelete(`${baseOf(payload)}-admin-username`);
    }
  }
  const answer = await post(app, payload);
  expect([answer.status, answer.body.code]).toEqual([503, 'VaultUnavailable']);
  expect(stack.partnerCenter.createCalls).toBe(creates);
  const reason = why === 'readOnly' ? 'no permission to set secrets' : 'a soft-deleted secret has this name';
  expect(linesOf(stack, 'VaultRefusedWrite').at(-1)).toMatchObject({ level: 'error', vault: 'fallback', reason });
});

test('stores in the fallback vault when the first one refuses the write, and replays from there', async () => {
  stack.credentialVault.readOnly = true;
  const payload = customer();
  const answer = await post(app, payload);
  expect([answer.status, answer.body['vaultUri']]).toEqual([201, stack.fallbackVault?.url]);
  expect(stack.fallbackVault?.latest(`${baseOf(payload)}-admin-password`)).toBeDefined();
  stack.credentialVault.readOnly = false;
  const again = await post(app, payload);
  expect([again.status, again.body['vaultUri']]).toEqual([200, stack.fallbackVault?.url]);
});

test('answers 503 CredentialsNotStored with the customer id, and the retry stores them', async () => {
  const payload = customer();
  stack.partnerCenter.server.onStage = (stage, { operation }) => {
    if (stage !== 'arrived' || operation !== 'createCustomer') return;
    stack.credentialVault.readOnly = true;
    stack.fallbackVault!.readOnly = true;
  };
  const lost = await post(app, payload);
  stack.partnerCenter.server.onStage = undefined;
  const tenant = stack.partnerCenter.tenants.get(`${String(payload['domain'])}.onmicrosoft.com`);
  expect([lost.status, lost.body.code, lost.body.customerId]).toEqual([
    503,
    'CredentialsNotStored',
    tenant?.customerId,
  ]);
  expect(Number(lost.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(linesOf(stack, 'CredentialsNotStored')[0]).toMatchObject({ level: 'error', customerId: tenant?.customerId });
  for (const vault of [stack.credentialVault, stack.fallbackVault!]) vault.readOnly = false;
  const repaired = await post(app, payload);
  expect([repaired.status, repaired.body.customerId]).toEqual([expect.any(Number), tenant?.customerId]);
  expect([200, 201]).toContain(repaired.status);
  expect(stack.credentialVault.latest(`${baseOf(payload)}-admin-password`)?.value).toBe(tenant?.password);
  expect(stack.partnerCenter.creates(tenant?.domain ?? '')).toBe(1);
});

test.each<[string, object]>([
  ['HTML', { body: '<html>welcome</html>' }],
  ['nothing', {}],
  ['an object of another kind', { body: '{"hello":"world"}' }],
])('does not accept a write that a vault answers with 200 and %s', async (_what, answer) => {
  for (const vault of [stack.credentialVault, stack.fallbackVault!]) {
    const fault = { status: 200, headers: { 'content-type': 'application/json' }, ...answer };
    const matches = ({ operation }: { operation: string }): boolean => operation === 'setSecret';
    vault.server.faults.add({ kind: 'status', answer: fault, times: 99, matches });
  }
  const creates = stack.partnerCenter.createCalls;
  const refused = await post(app, customer());
  for (const vault of [stack.credentialVault, stack.fallbackVault!]) vault.server.faults.clear();
  expect([refused.status, refused.body.code]).toEqual([503, 'VaultUnavailable']);
  expect(stack.partnerCenter.createCalls).toBe(creates);
});

test('answers 503 VaultUnavailable when the partner vault does not answer', async () => {
  const fresh = await stack.startInstance();
  stack.partnerVault.outage = true;
  const answer = await post(fresh, customer());
  expect([answer.status, answer.body.code]).toEqual([503, 'VaultUnavailable']);
  expect(linesOf(stack, 'VaultUnavailable').at(-1)).toMatchObject({ vault: 'partner' });
});
