import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { VaultCredential } from '../../../shared/key-vault/vault-credential.ts';
import { openVault, type Vault } from '../../../shared/key-vault/vault.ts';
import type { VaultCall } from '../../../shared/key-vault/vault-call.ts';
import { Deadline } from '../../../shared/network/deadline.ts';
import type { ManagedIdentityEmulator } from '../../local/identity/managed-identity-emulator.ts';
import { startManagedIdentityEmulator } from '../../local/identity/start-managed-identity-emulator.ts';
import type { KeyVaultEmulator } from '../../local/key-vault/key-vault-emulator.ts';
import { startKeyVaultEmulator } from '../../local/key-vault/start-key-vault-emulator.ts';
import { refuseWornTokens } from './refuse-worn-tokens.ts';
import { vaultOperations } from './open-emulated-vault.ts';

// The SDK caches the first endpoint and the first client for the life of the process: one of each serves all tests.
let identity: ManagedIdentityEmulator;
let emulator: KeyVaultEmulator;
let credential: VaultCredential;
let vault: Vault;
const environment = { ...process.env };
/** For a resource that no other test uses. */
let scope: string;
const call = (): VaultCall => ({ deadline: Deadline.after(2500), log: () => undefined });
const asked = (): number => identity.server.requests.length;

beforeAll(async () => {
  identity = await startManagedIdentityEmulator();
  Object.assign(process.env, identity.environment);
  credential = new VaultCredential({ clientId: identity.clientId, timeout: 2500 });
});
afterAll(async () => {
  process.env = environment;
  await identity.close();
});
beforeEach(async () => {
  const resource = `https://${randomUUID()}.example`;
  identity.resources.add(resource);
  scope = `${resource}/.default`;
  emulator = await startKeyVaultEmulator();
  emulator.setSecret('one', 'v');
  vault = openVault('credential', emulator.url, credential);
});
afterEach(async () => {
  identity.server.faults.clear();
  await emulator.close();
});

/** The tokens that reached the vault since `from`, with the status of each answer. */
function sent(from: number): (readonly [string | undefined, number | undefined])[] {
  return emulator.server.requests.slice(from).map(({ headers, status }) => [headers['authorization'], status]);
}

test.each(vaultOperations)('gets one new token for one that is refused, and repeats %s', async (_what, operate) => {
  await operate(vault, call());
  const [tokens, requests] = [asked(), emulator.server.requests.length];
  refuseWornTokens(emulator.server);
  await operate(vault, call());
  expect(asked()).toBe(tokens + 1);
  const statuses = sent(requests).map(([, status]) => status);
  expect(statuses).toEqual([401, 200]);
  await operate(vault, call());
  expect(asked()).toBe(tokens + 1);
  expect(sent(requests).slice(2)).toEqual([[sent(requests)[1]?.[0], 200]]);
});

test('gets one new token for all calls that are refused at once', async () => {
  await vault.listVersions('one', call());
  const tokens = asked();
  refuseWornTokens(emulator.server);
  const reads = Array.from({ length: 12 }, () => vault.readSecret('one', call()));
  expect(await Promise.all(reads)).toHaveLength(12);
  expect(asked()).toBe(tokens + 1);
});

test('repeats the first call of a vault that refuses the token of another vault', async () => {
  await vault.listVersions('one', call());
  const tokens = asked();
  refuseWornTokens(emulator.server);
  const second = openVault('fallback', emulator.url, credential);
  expect(
    (await second.storeSecret({ name: 'two', value: 'v', contentType: 'text/plain' }, call())).version,
  ).toBeTruthy();
  expect(asked()).toBe(tokens + 1);
});

test.each(['with the challenge', 'without it'])('fails when the new token is refused as well, %s', async (how) => {
  await vault.listVersions('one', call());
  const [tokens, requests] = [asked(), emulator.server.requests.length];
  const headers = {
    'www-authenticate': 'Bearer authorization="https://a.example/t", resource="https://vault.azure.net"',
  };
  const answer = { status: 401, ...(how === 'without it' ? {} : { headers }) };
  emulator.server.faults.add({ kind: 'status', answer, times: 99, matches: () => true });
  await expect(vault.readSecret('one', call())).rejects.toMatchObject({ failure: { reason: 'status', status: 401 } });
  expect([asked() - tokens, sent(requests).length]).toEqual([1, 2]);
});

test('does not reuse a token request that began before the token was refused', async () => {
  identity.tokenLifetimeSeconds = 100;
  const { token } = await credential.getToken(scope);
  identity.tokenLifetimeSeconds = 86_400;
  // It expires soon, so this already fetches the next one.
  identity.server.faults.add({ kind: 'slow', delay: 400, matches: () => true });
  const early = credential.getToken(scope);
  credential.dropToken(token);
  const late = await credential.getToken(scope);
  const first = await early;
  expect(new Set([token, first.token, late.token]).size).toBe(3);
  expect(await credential.getToken(scope)).toEqual(late);
});

test('discards only the refused token', async () => {
  const kept = await credential.getToken(scope);
  credential.dropToken('another');
  expect(await credential.getToken(scope)).toEqual(kept);
});

test.each([404, 410])('retries the identity endpoint after a transient %i', async (status) => {
  identity.server.faults.add({ kind: 'status', answer: { status }, times: 2, matches: () => true });
  const { token } = await credential.getToken(scope);
  credential.dropToken(token);
  identity.server.faults.add({ kind: 'status', answer: { status }, times: 99, matches: () => true });
  await expect(credential.getToken(scope)).rejects.toMatchObject({
    failure: { upstream: 'managed-identity', status: 503 },
  });
});

test('sends its header to no other host, wherever the identity endpoint redirects', async () => {
  const other = await startKeyVaultEmulator();
  const headers = { location: `${other.url}/secrets/one` };
  identity.server.faults.add({ kind: 'status', answer: { status: 307, headers }, times: 99, matches: () => true });
  await expect(credential.getToken(scope)).rejects.toMatchObject({ failure: { upstream: 'managed-identity' } });
  expect(other.server.requests).toEqual([]);
  await other.close();
});
