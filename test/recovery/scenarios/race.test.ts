import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Instance } from '../../local/instance.ts';
import type { Stack } from '../../local/stack.ts';
import { isSettled, payloadFor, send, stateOf, type Answer } from '../rig/caller.ts';
import { isSuccess, judge } from '../rig/judge.ts';
import { isFull, startProofStack } from '../rig/proof-stack.ts';
import { until } from '../rig/pursue.ts';
import { settleAll, type Pursuit } from '../rig/settle.ts';

let stack: Stack;
let instances: readonly [Instance, Instance];
beforeAll(async () => {
  stack = await startProofStack();
  instances = [await stack.startInstance(), await stack.startInstance()];
});
afterAll(() => stack.close());

const replays = ['same', 'without-password', 'domain-exists'] as const;
let count = 0;
const nextPrefix = (): string => `race${++count}`;

/** The breaches of answers to concurrent calls. Whether a success was on record is then not observable, so that breach is ignored. */
function judgeRace(prefix: string, answers: readonly Answer[]): string[] {
  const breaches = judge(stack, `${prefix}.onmicrosoft.com`, answers);
  return breaches.filter((breach) => !breach.includes('no success was on record'));
}

test('shares one run among 20 equal requests, each answered with its own correlation id', async () => {
  const prefix = nextPrefix();
  const before = stack.partnerCenter.createCalls;
  const ids = Array.from({ length: 20 }, () => randomUUID());
  const answers = await Promise.all(
    ids.map((id) => send(stack, instances[0], payloadFor(prefix), { headers: { 'x-correlation-id': id } })),
  );
  expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 201));
  expect(answers.map(({ headers }) => headers.get('x-correlation-id'))).toEqual(ids);
  expect(answers.map(({ body }) => body['correlationId'])).toEqual(ids);
  expect(new Set(answers.map(({ body }) => body['customerId'])).size).toBe(1);
  expect(stack.partnerCenter.createCalls - before).toBe(1);
  expect(stateOf(stack, `${prefix}.onmicrosoft.com`)).toBe('Succeeded');
  expect(judgeRace(prefix, answers)).toEqual([]);
});

const races = isFull ? 100 : 40;

test(
  'makes one tenant when two instances get the same request in the same millisecond, again and again',
  { timeout: 120_000 },
  async () => {
    const ends: Record<string, number> = {};
    for (let round = 0; round < races; round++) {
      const replay = replays[round % 3] ?? 'same';
      stack.partnerCenter.knobs.replay = replay;
      const prefix = nextPrefix();
      const answers = await Promise.all(instances.map((instance) => send(stack, instance, payloadFor(prefix))));
      expect({ round, replay, breaches: judgeRace(prefix, answers) }).toEqual({ round, replay, breaches: [] });
      const codes = answers.map(({ status }) => status).join('+');
      ends[`${replay} ${codes}`] = (ends[`${replay} ${codes}`] ?? 0) + 1;
      expect(answers.filter((answer) => !isSuccess(answer))).toEqual([]);
    }
    console.log(`Race of two instances, ${races} rounds:`, ends);
    stack.partnerCenter.knobs.replay = 'same';
  },
);

test.each([
  ['one instance', () => [instances[0], instances[0]] as const],
  ['two instances', () => instances],
])(
  'onboards one of two payloads for a domain that arrive together at %s',
  { timeout: 120_000 },
  async (_where, pick) => {
    for (const replay of replays) {
      stack.partnerCenter.knobs.replay = replay;
      const rounds = Array.from({ length: 6 }, () => {
        const prefix = nextPrefix();
        const payloads = [payloadFor(prefix), payloadFor(prefix, { lastName: 'Other' })];
        return payloads.map((payload, index): Pursuit & { prefix: string } => ({
          prefix,
          domain: `${prefix}.onmicrosoft.com`,
          instance: pick()[index] ?? instances[0],
          payload,
          answers: [],
        }));
      });
      await settleAll(stack, rounds.flat());
      for (const round of rounds) {
        const answers = round.flatMap((pursuit) => pursuit.answers);
        const codes = answers.flatMap(({ code }) => code ?? []);
        expect(codes.filter((code) => !['OnboardingInProgress', 'AlreadyOnboarded'].includes(code))).toEqual([]);
        const ends = round.map((pursuit) => pursuit.answers.find(isSettled)?.code ?? 'onboarded');
        expect(ends.toSorted()).toEqual(['AlreadyOnboarded', 'onboarded']);
        expect(judgeRace(round[0]?.prefix ?? '', answers.filter(isSuccess))).toEqual([]);
      }
    }
    stack.partnerCenter.knobs.replay = 'same';
  },
);

test('finishes the onboarding after its caller has disconnected', async () => {
  const prefix = nextPrefix();
  const domain = `${prefix}.onmicrosoft.com`;
  const before = stack.partnerCenter.createCalls;
  stack.partnerCenter.knobs.createDuration = 300;
  const caller = new AbortController();
  const leaving = send(stack, instances[0], payloadFor(prefix), { signal: caller.signal });
  await until(() => stack.partnerCenter.createCalls > before);
  caller.abort();
  expect((await leaving).status).toBe(0);
  stack.partnerCenter.knobs.createDuration = 0;
  // No call is repeated: a repeat would do all the work itself.
  await until(() => stateOf(stack, domain) === 'Succeeded');
  expect(stack.partnerCenter.createCalls - before).toBe(1);
  const answer = await send(stack, instances[0], payloadFor(prefix));
  expect(answer.status).toBe(200);
  expect(judgeRace(prefix, [answer])).toEqual([]);
});
