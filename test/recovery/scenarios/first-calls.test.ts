import { expect, test } from 'vitest';
import { checkColdWrites } from '../mutants/check-cold-writes.ts';
import { payloadFor, send } from '../rig/caller.ts';
import { isSuccess } from '../rig/judge.ts';
import { withProofStack } from '../rig/proof-stack.ts';

test('loses neither of two parallel first writes of a client whose challenge is late, 30 times', async () => {
  expect(await checkColdWrites([])).toBeUndefined();
});

test('requests each token and secret once however many first calls arrive together', () =>
  withProofStack(
    { flow: 'app+user', settings: { ONBOARDING_TIMEOUT_SECONDS: '20', ONBOARDING_LEASE_SECONDS: '30' } },
    async (stack) => {
      const instance = await stack.startInstance();
      const prefixes = Array.from({ length: 20 }, (_, count) => `first${count}`);
      const answers = await Promise.all(prefixes.map((prefix) => send(stack, instance, payloadFor(prefix))));
      expect(answers.filter((answer) => !isSuccess(answer))).toEqual([]);
      const authorised = ({ headers }: { headers: Readonly<Record<string, string>> }): boolean =>
        'authorization' in headers;
      // One for the vaults, one for the table.
      expect(stack.identity.server.requests).toHaveLength(2);
      expect(stack.entra.server.requests).toHaveLength(1);
      expect(stack.partnerVault.server.requests.filter(authorised)).toHaveLength(4);
      expect(stack.partnerCenter.counts['readCountryRules']).toBe(1);
    },
  ));
