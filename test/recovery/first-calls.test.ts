import { expect, test } from 'vitest';
import { openVault } from '../../shared/key-vault/vault.ts';
import { Deadline } from '../../shared/network/deadline.ts';
import { startKeyVaultEmulator } from '../local/key-vault/start-key-vault-emulator.ts';
import { mintToken, EMULATED_TENANT_ID } from '../local/wire/tokens.ts';
import { payloadFor, send } from './rig/caller.ts';
import { isSuccess } from './rig/judge.ts';
import { withProofStack } from './rig/proof-stack.ts';

test(
  'loses neither of two parallel first writes of a client whose challenge is late, 30 times',
  { timeout: 30_000 },
  async () => {
    const emulator = await startKeyVaultEmulator();
    emulator.server.faults.add({
      kind: 'slow',
      delay: 50,
      times: Infinity,
      matches: ({ headers }) => headers['authorization'] === undefined,
    });
    const iat = Math.floor(Date.now() / 1000);
    const token = mintToken({
      aud: 'https://vault.azure.net',
      tid: EMULATED_TENANT_ID,
      appid: 'app',
      iat,
      nbf: iat,
      exp: iat + 3600,
    });
    const credential = { getToken: () => Promise.resolve({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) };
    const call = { deadline: Deadline.after(10_000), log: () => undefined };
    const writes = Array.from({ length: 30 }, async (_, count) => {
      const vault = openVault('credential', emulator.url, credential);
      const store = (name: string): Promise<unknown> =>
        vault.storeSecret({ name: `${name}-${count}`, value: 'value', contentType: 'text/plain' }, call);
      await Promise.all([store('first'), store('second')]);
    });
    await Promise.all(writes);
    expect(emulator.secrets.size).toBe(60);
    expect(emulator.server.requests.filter(({ status }) => status === 400)).toEqual([]);
    await emulator.close();
  },
);

test('asks once for each token and secret however many first calls arrive together', () =>
  withProofStack(
    { flow: 'app+user', settings: { ONBOARDING_TIMEOUT_SECONDS: '20', ONBOARDING_LEASE_SECONDS: '30' } },
    async (stack) => {
      const instance = await stack.startInstance();
      const prefixes = Array.from({ length: 20 }, (_, count) => `first${count}`);
      const answers = await Promise.all(prefixes.map((prefix) => send(stack, instance, payloadFor(prefix))));
      expect(answers.filter((answer) => !isSuccess(answer))).toEqual([]);
      const authorised = ({ headers }: { headers: Readonly<Record<string, string>> }): boolean =>
        'authorization' in headers;
      expect(stack.identity.server.requests).toHaveLength(1);
      expect(stack.entra.server.requests).toHaveLength(1);
      expect(stack.partnerVault.server.requests.filter(authorised)).toHaveLength(4);
      expect(stack.partnerCenter.counts['readCountryRules']).toBe(1);
    },
  ));
