import { expect, test } from 'vitest';
import type { KeyVaultEmulator } from '../../local/key-vault/key-vault-emulator.ts';
import type { Instance } from '../../local/instance.ts';
import type { Stack } from '../../local/stack.ts';
import { payloadFor, send } from '../rig/caller.ts';
import { loseFirstAnswers } from '../rig/crash-run.ts';
import { judge } from '../rig/judge.ts';
import { nameCall } from '../rig/name-call.ts';
import { withProofStack } from '../rig/proof-stack.ts';
import { errorLines } from '../rig/pursue.ts';

const domain = 'second.onmicrosoft.com';
const payload = payloadFor('second');
const name = (part: string): string => `second-onmicrosoft-com-${part}`;

type Trouble = (vault: KeyVaultEmulator) => void;
const neverTakes: readonly (readonly [string, Trouble])[] = [
  ['may not be written (403)', (vault) => void (vault.readOnly = true)],
  ['is down', (vault) => void (vault.outage = true)],
  [
    'cannot be reached',
    (vault) => vault.server.faults.add({ kind: 'reset-before', times: Infinity, matches: () => true }),
  ],
];

/** Soft-deletes a secret of that name, so that writes to it fail (409). */
function leaveDeleted(vault: KeyVaultEmulator, part: string): void {
  vault.setSecret(name(part), 'old');
  vault.softDelete(name(part));
}

/** Onboards and expects both credentials in the fallback vault; returns the instance. */
async function expectInFallback(stack: Stack): Promise<Instance> {
  const instance = await stack.startInstance();
  const answer = await send(stack, instance, payload);
  expect(answer).toMatchObject({ status: 201, body: { vaultUri: stack.fallbackVault?.url } });
  for (const part of ['admin-username', 'admin-password']) {
    expect(stack.fallbackVault?.versions(name(part)).length).toBeGreaterThan(0);
  }
  expect(judge(stack, domain, [answer])).toEqual([]);
  return instance;
}

test.concurrent.each(neverTakes)(
  'stores the credentials in the fallback vault when the first one %s',
  (_what, trouble) =>
    withProofStack({ fallbackVault: true }, async (stack) => {
      trouble(stack.credentialVault);
      await expectInFallback(stack);
      expect(stack.credentialVault.versions(name('admin-password'))).toEqual([]);
    }),
);

test.concurrent.each(['admin-username', 'admin-password'])(
  'stores both credentials in the fallback vault when %s is deleted in the first one',
  (part) =>
    withProofStack({ fallbackVault: true }, async (stack) => {
      leaveDeleted(stack.credentialVault, part);
      const instance = await expectInFallback(stack);
      expect(errorLines(instance, 'VaultRefusedWrite').join()).toContain('recover or purge');
      expect(await send(stack, await stack.startInstance(), payload)).toMatchObject({ status: 200 });
    }),
);

test.concurrent.each([403, 409, 503] as const)(
  'stores both credentials in the fallback vault when the first one answers %d to the password',
  (status) =>
    withProofStack({ fallbackVault: true }, async (stack) => {
      stack.credentialVault.server.faults.add({
        kind: 'status',
        answer: { status },
        times: Infinity,
        matches: (request) => nameCall('credentialVault', request) === 'credentialVault store admin-password',
      });
      await expectInFallback(stack);
      expect(stack.credentialVault.versions(name('admin-password'))).toEqual([]);
    }),
);

test.concurrent('replays from the fallback vault while the first one is down and after it has recovered', () =>
  withProofStack({ fallbackVault: true }, async (stack) => {
    stack.credentialVault.outage = true;
    await expectInFallback(stack);
    expect(await send(stack, await stack.startInstance(), payload)).toMatchObject({ status: 200 });
    stack.credentialVault.outage = false;
    const answer = await send(stack, await stack.startInstance(), payload);
    expect(answer).toMatchObject({ status: 200, body: { vaultUri: stack.fallbackVault?.url } });
    expect(judge(stack, domain, [answer])).toEqual([]);
  }));

test.concurrent('replays from the record while the vault that holds the credentials is down', () =>
  withProofStack({ fallbackVault: true }, async (stack) => {
    expect(await send(stack, await stack.startInstance(), payload)).toMatchObject({ status: 201 });
    stack.credentialVault.outage = true;
    const answer = await send(stack, await stack.startInstance(), payload);
    expect(answer).toMatchObject({ status: 200, body: { vaultUri: stack.credentialVault.url } });
    stack.credentialVault.outage = false;
    expect(judge(stack, domain, [answer])).toEqual([]);
    expect(stack.partnerCenter.createCalls).toBe(1);
  }));

test.concurrent.each(['credentialVault', 'fallbackVault'] as const)(
  'does not declare credentials lost while the %s cannot be read',
  (down) =>
    withProofStack({ fallbackVault: true }, async (stack) => {
      stack.partnerCenter.knobs.replay = 'without-password';
      await loseFirstAnswers(stack, [domain]);
      const vault = stack[down];
      if (vault) vault.outage = true;
      const instance = await stack.startInstance();
      expect(await send(stack, instance, payload)).toMatchObject({ status: 503, code: 'VaultUnavailable' });
      expect(await send(stack, instance, payloadFor('free'))).toMatchObject({ status: 201 });
      if (vault) vault.outage = false;
      expect(await send(stack, instance, payload)).toMatchObject({ code: 'CredentialsLost' });
    }),
);
