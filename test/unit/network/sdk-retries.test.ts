import { expect, test } from 'vitest';
import { VaultCredential } from '../../../shared/key-vault/vault-credential.ts';
import { startManagedIdentityEmulator } from '../../local/identity/start-managed-identity-emulator.ts';
import { openEmulatedVault, vaultOperations } from './open-emulated-vault.ts';

const body = '{"error":{"code":"Unavailable","message":"later"}}';
/** Without Retry-After, and with one that requests an immediate retry. */
const asking: readonly (readonly [string, Record<string, string>])[] = [
  ['a 503', {}],
  ['a 503 that may be repeated at once', { 'retry-after': '0' }],
];

const rows = vaultOperations.flatMap(([what, operate]) =>
  asking.map(([how, headers]) => ({ what, how, headers, operate })),
);

test.each(rows)('sends one request for $what at a vault that keeps answering $how', async ({ headers, operate }) => {
  const { vault, emulator, call, answerAll } = await openEmulatedVault();
  const before = emulator.server.requests.length;
  answerAll({ status: 503, headers, body });
  await expect(operate(vault, call())).rejects.toMatchObject({ failure: { reason: 'status', status: 503 } });
  expect(emulator.server.requests.length - before).toBe(1);
  await emulator.close();
});

test('requests the managed identity token four times in total while the endpoint answers 503', async () => {
  const identity = await startManagedIdentityEmulator();
  // The SDK caches the first endpoint: no other code in this process uses one directly.
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
      // The app's own attempts; the SDK repeats none of them.
      expect(identity.server.requests.length - before).toBe(4);
    }
  } finally {
    process.env = environment;
    await identity.close();
  }
});
