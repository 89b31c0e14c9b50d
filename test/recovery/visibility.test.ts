import { expect, test } from 'vitest';
import type { Instance } from '../local/instance.ts';
import type { Stack } from '../local/stack.ts';
import { isOnRecord, payloadFor, recordOf, send } from './rig/caller.ts';
import { loseFirstAnswers } from './rig/crash-run.ts';
import { judge } from './rig/judge.ts';
import { nameCall } from './rig/name-call.ts';
import { withProofStack } from './rig/proof-stack.ts';
import { pursue } from './rig/pursue.ts';

const domain = 'hidden.onmicrosoft.com';
const payload = payloadFor('hidden');

/** Once an instance has written that event, so many of its lists of the record still show nothing. */
function hideAfter(stack: Stack, instance: Instance, event: string, times: number): void {
  const count = recordOf(stack, domain).filter((tags) => tags['event'] === event).length;
  stack.credentialVault.server.faults.add({
    kind: 'status',
    times,
    answer: { status: 200, headers: { 'content-type': 'application/json' }, body: '{"value":[],"nextLink":null}' },
    matches: (request) =>
      request.front === instance.name &&
      nameCall('credentialVault', request) === 'credentialVault list onboarding' &&
      recordOf(stack, domain).filter((tags) => tags['event'] === event).length > count,
  });
}

test.concurrent('joins when its own start shows in the second list only', () =>
  withProofStack({}, async (stack) => {
    await loseFirstAnswers(stack, [domain]);
    const instance = await stack.startInstance({ fronts: true });
    hideAfter(stack, instance, 'Started', 1);
    const answer = await send(stack, instance, payload);
    expect(answer).toMatchObject({ status: 201 });
    expect(judge(stack, domain, [answer])).toEqual([]);
  }),
);

test.concurrent('sends nothing when its own start does not show', () =>
  withProofStack({}, async (stack) => {
    await loseFirstAnswers(stack, [domain]);
    const instance = await stack.startInstance({ fronts: true });
    hideAfter(stack, instance, 'Started', 2);
    const before = stack.partnerCenter.createCalls;
    const answer = await send(stack, instance, payload);
    expect(answer).toMatchObject({ status: 503, code: 'VaultUnavailable' });
    expect(stack.partnerCenter.createCalls).toBe(before);
    expect((await pursue(stack, instance, payload)).at(-1)).toMatchObject({ status: 201 });
  }),
);

test.concurrent.each(['app', 'app+user'] as const)(
  'destroys nothing when its own claim does not show, with %s',
  (flow) =>
    withProofStack({ flow }, async (stack) => {
      stack.partnerCenter.knobs.replay = 'without-password';
      await loseFirstAnswers(stack, [domain]);
      const instance = await stack.startInstance({ fronts: true });
      hideAfter(stack, instance, 'RecoveryClaimed', 1);
      const answer = await send(stack, instance, payload);
      expect(['OnboardingInProgress', 'OutcomeUnknown', 'VaultUnavailable']).toContain(answer.code);
      expect(isOnRecord(stack, domain, 'Lost')).toBe(false);
      expect(stack.partnerCenter.tenants.get(domain)?.resets).toEqual([]);
      const answers = await pursue(stack, instance, payload);
      expect(answers.at(-1)).toMatchObject(flow === 'app' ? { code: 'CredentialsLost' } : { status: 201 });
      expect(judge(stack, domain, answers)).toEqual([]);
    }),
);
