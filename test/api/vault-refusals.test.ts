import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Instance } from '../local/instance.ts';
import { vaultError } from '../local/key-vault/vault-answers.ts';
import type { KeyVaultEmulator } from '../local/key-vault/key-vault-emulator.ts';
import type { Stack } from '../local/stack.ts';
import { customer, detailsOf, linesOf, post, request, startApp } from './rig.ts';

let stack: Stack;
let app: Instance;
const settings = { ONBOARDING_TIMEOUT_SECONDS: '4' };
beforeAll(async () => void ([stack, app] = await startApp({ fallbackVault: true, settings })));
afterAll(() => stack.close());
afterEach(() => {
  for (const vault of [stack.partnerVault, stack.credentialVault, stack.fallbackVault!]) vault.server.faults.clear();
});

function refuse(vault: KeyVaultEmulator, operation: string, status: number, inner: string, times = 999): void {
  const answer = vaultError(status, status === 403 ? 'Forbidden' : 'Conflict', 'No.', inner);
  const headers = { 'content-type': 'application/json', 'x-ms-keyvault-service-version': '1.9' };
  const matches = (one: { operation: string }): boolean => one.operation === operation;
  vault.server.faults.add({ kind: 'status', answer: { ...answer, headers }, times, matches });
}

const denials: readonly (readonly [string, RegExp, RegExp])[] = [
  ['ForbiddenByRbac', /no permission/, /assign/],
  ['ForbiddenByPolicy', /no permission/, /assign/],
  ['AccessDenied', /no permission/, /assign/],
  ['ForbiddenByFirewall', /firewall/, /admit the subnet/],
  ['ForbiddenByConnection', /no public network/, /private endpoint/],
  ['VaultDisabled', /vault is disabled/, /enable the vault/],
  ['SecretDisabled', /secret is disabled/, /enable the secret/],
  ['ForbiddenByPerimeter', /does not know/, /look the code up/],
];
const texts = (reason: RegExp, remedy: RegExp): object => ({
  reason: expect.stringMatching(reason) as unknown,
  remedy: expect.stringMatching(remedy) as unknown,
});

test.each(denials)('reports why a vault refuses a write, and the remedy: %s', async (code, reason, remedy) => {
  for (const vault of [stack.credentialVault, stack.fallbackVault!]) refuse(vault, 'setSecret', 403, code);
  const answer = await post(app, customer());
  expect([answer.status, answer.body.code]).toEqual([503, 'VaultUnavailable']);
  const fields = { level: 'error', status: 403, code, ...texts(reason, remedy) };
  expect(linesOf(stack, 'VaultRefusedWrite').slice(-2)).toMatchObject([
    { vault: 'credential', ...fields },
    { vault: 'fallback', ...fields },
  ]);
});

test.each(denials)('reports why a check of the connection is refused: %s', async (code, reason, remedy) => {
  refuse(stack.credentialVault, 'listVersions', 403, code);
  const answer = await request(app, '/v1/connection');
  expect([answer.status, answer.body.code, ...detailsOf(answer)]).toEqual([
    500,
    'ConfigurationError',
    'ConfigurationError credentialVault',
  ]);
  expect(linesOf(stack, 'ConfigurationError').at(-1)).toMatchObject({
    level: 'error',
    vault: 'credential',
    code,
    ...texts(reason, remedy),
  });
});

test.each(denials)('reports why partner secrets cannot be read: %s', async (code, reason, remedy) => {
  refuse(stack.partnerVault, 'getSecret', 403, code);
  const answer = await request(app, '/v1/connection');
  expect([answer.status, answer.body.code, answer.body.error?.target]).toEqual([
    500,
    'ConfigurationError',
    'partnerVault',
  ]);
  const line = linesOf(stack, 'ConfigurationError').findLast(({ secret }) => secret === 'partner-tenant-id');
  expect(line).toMatchObject({ level: 'error', vault: 'partner', code, ...texts(reason, remedy) });
});

test.each([
  ['ObjectIsDeletedButRecoverable', 'VaultRefusedWrite', 'error', /soft-deleted/, /recover or purge/],
  ['ObjectIsBeingRecovered', 'VaultWriteDelayed', 'warning', /being recovered/, /wait/],
  ['ObjectIsBeingDeleted', 'VaultWriteDelayed', 'warning', /being deleted/, /wait/],
  ['ObjectIsBeingPurged', 'VaultWriteDelayed', 'warning', /being purged/, /wait/],
])('distinguishes the conflicts of a write: %s', async (code, event, level, reason, remedy) => {
  refuse(stack.credentialVault, 'setSecret', 409, code);
  const answer = await post(app, customer());
  expect([answer.status, answer.body['vaultUri']]).toEqual([201, stack.fallbackVault?.url]);
  const fields = { level, vault: 'credential', status: 409, code, ...texts(reason, remedy) };
  expect(linesOf(stack, event).at(-1)).toMatchObject(fields);
});

test('waits for a transient conflict if no other vault accepts the write', async () => {
  for (const vault of [stack.credentialVault, stack.fallbackVault!])
    refuse(vault, 'setSecret', 409, 'ObjectIsBeingRecovered', 2);
  expect((await post(app, customer())).status).toBe(201);
});
