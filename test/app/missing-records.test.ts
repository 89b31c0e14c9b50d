import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Instance } from '../local/instance.ts';
import type { Stack } from '../local/stack.ts';
import { customer, post, request, startApp } from './rig.ts';

let stack: Stack;
let app: Instance;
beforeAll(async () => {
  [stack, app] = await startApp({ fallbackVault: true, settings: { ONBOARDING_TIMEOUT_SECONDS: '4' } });
});
afterAll(() => stack.close());

test.each(['not-found', 'bare-404'] as const)('takes the %s of a vault for an empty record', async (answer) => {
  stack.credentialVault.versionsOfMissing = answer;
  const onboarded = await post(app, customer());
  const missing = await request(app, '/v1/customers/nobodyhere');
  stack.credentialVault.versionsOfMissing = 'empty';
  expect([onboarded.status, missing.status, missing.body.code]).toEqual([201, 404, 'NotFound']);
});

const html = '<html>none</html>';
test.each<[string, Record<string, string>, string]>([
  ['no header', {}, html],
  ['the request id of another service', { 'x-ms-request-id': '1' }, html],
  ['a region alone', { 'x-ms-keyvault-region': 'westeurope' }, html],
  ["another service's words", { 'content-type': 'application/json' }, '{"error":{"code":"ResourceNotFound"}}'],
])('does not take the 404 of a proxy for an empty record: %s', async (_what, headers, body) => {
  const answer = { status: 404, headers: { 'content-type': 'text/html', ...headers }, body };
  for (const vault of [stack.credentialVault, stack.fallbackVault!]) {
    const matches = ({ operation }: { operation: string }): boolean => operation === 'listVersions';
    vault.server.faults.add({ kind: 'status', answer, times: 99, matches });
  }
  const creates = stack.partnerCenter.createCalls;
  const refused = await post(app, customer());
  for (const vault of [stack.credentialVault, stack.fallbackVault!]) vault.server.faults.clear();
  expect([refused.status, refused.body.code]).toEqual([503, 'VaultUnavailable']);
  expect(stack.partnerCenter.createCalls).toBe(creates);
});

test.each<[string, object]>([
  ['nothing', {}],
  ["Key Vault's words", { body: '{"error":{"code":"SecretNotFound","message":"none"}}' }],
])('does not take a list that breaks off with a 404 for an empty record: %s', async (_what, answer) => {
  const payload = customer();
  expect((await post(app, payload)).status).toBe(201);
  stack.credentialVault.pageSize = 1;
  stack.credentialVault.server.faults.add({
    kind: 'status',
    answer: { status: 404, headers: { 'content-type': 'application/json' }, ...answer },
    times: 99,
    matches: ({ operation, query }) => operation === 'listVersions' && query.has('$skiptoken'),
  });
  const found = await request(app, `/v1/customers/${String(payload['domain'])}`);
  const other = await post(app, payload);
  stack.credentialVault.server.faults.clear();
  stack.credentialVault.pageSize = 25;
  for (const { status, body } of [found, other]) expect([status, body.code]).toEqual([503, 'VaultUnavailable']);
});
