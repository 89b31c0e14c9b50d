import { expect, test } from 'vitest';
import { openVault, type Vault } from '../../shared/key-vault/vault.ts';
import { VaultCredential } from '../../shared/key-vault/vault-credential.ts';
import type { VaultCall } from '../../shared/key-vault/vault-call.ts';
import { Deadline } from '../../shared/network/deadline.ts';
import { startManagedIdentityEmulator } from '../local/identity/start-managed-identity-emulator.ts';
import { startKeyVaultEmulator } from '../local/key-vault/start-key-vault-emulator.ts';
import { EMULATED_TENANT_ID, mintToken } from '../local/wire/tokens.ts';

const body = '{"error":{"code":"Unavailable","message":"later"}}';
/** Without a time to wait, and with one that asks for the next request at once. */
const asking: readonly (readonly [string, Record<string, string>])[] = [
  ['a 503', {}],
  ['a 503 that may be repeated at once', { 'retry-after': '0' }],
];

const operations: readonly (readonly [string, (vault: Vault, call: VaultCall) => Promise<unknown>])[] = [
  ['reading a secret', (vault, call) => vault.readSecret('one', call)],
  ['listing versions', (vault, call) => vault.listVersions('one', call)],
  [
    'storing a secret',
    (vault, call) => vault.storeSecret({ name: 'one', value: 'v', contentType: 'text/plain' }, call),
  ],
];

const rows = operations.flatMap(([what, operate]) => asking.map(([how, headers]) => ({ what, how, headers, operate })));

test.each(rows)('sends one request for $what at a vault that keeps answering $how', async ({ headers, operate }) => {
  const emulator = await startKeyVaultEmulator();
  const exp = Math.floor(Date.now() / 1000) + 3600;
  const token = mintToken({ aud: 'https://vault.azure.net', tid: EMULATED_TENANT_ID, appid: 'app', exp });
  const credential = { getToken: () => Promise.resolve({ token, expiresOnTimestamp: exp * 1000 }) };
  const vault = openVault('credential', emulator.url, credential);
  const call = (): VaultCall => ({ deadline: Deadline.after(2500), log: () => undefined });
  // So that the client knows its token, and the next request is the operation itself.
  await vault.listVersions('other', call());
  const before = emulator.server.requests.length;
  emulator.server.faults.add({
    kind: 'status',
    answer: { status: 503, headers, body },
    times: Infinity,
    matches: () => true,
  });
  await expect(operate(vault, call())).rejects.toMatchObject({ failure: { reason: 'status', status: 503 } });
  expect(emulator.server.requests.length - before).toBe(1);
  await emulator.close();
});

test('asks the managed identity four times in all while it keeps answering 503', async () => {
  const identity = await startManagedIdentityEmulator();
  // The SDK keeps the first endpoint that it saw: nobody else in this process asks one directly.
  const environment = { ...process.env };
  Object.assign(process.env, identity.environment);
  try {
    const credential = new VaultCredential({ clientId: identity.clientId, timeout: 2500 });
    for (const [, headers] of asking) {
      const before = identity.server.requests.length;
      identity.server.faults.clear();
      identity.server.faults.add({
        kind: 'status',
        answer: { status: 503, headers, body },
        times: Infinity,
        matches: () => true,
      });
      const asked = credential.getToken('https://vault.azure.net/.default');
      await expect(asked).rejects.toMatchObject({ failure: { reason: 'status', status: 503 } });
      // The app's own attempts: the SDK repeats none of them.
      expect(identity.server.requests.length - before).toBe(4);
    }
  } finally {
    process.env = environment;
    await identity.close();
  }
});
