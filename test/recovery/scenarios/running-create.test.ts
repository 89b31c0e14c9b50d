import { expect, test } from 'vitest';
import type { Stack } from '../../local/stack.ts';
import { payloadFor, send } from '../rig/caller.ts';
import { judge } from '../rig/judge.ts';
import { withProofStack } from '../rig/proof-stack.ts';
import { pursue, until } from '../rig/pursue.ts';
import { shortTimes } from '../../local/short-times.ts';

const domain = 'slow.onmicrosoft.com';
const payload = payloadFor('slow');
const whileRunning = ['wait', 'conflict', 'taken'] as const;

function withSlowCreate(
  createDuration: number,
  repeatWhileRunning: (typeof whileRunning)[number],
  use: (stack: Stack) => Promise<void>,
): Promise<void> {
  return withProofStack({ settings: shortTimes }, (stack) => {
    Object.assign(stack.partnerCenter.knobs, { createDuration, repeatWhileRunning });
    return use(stack);
  });
}

test.concurrent.each(whileRunning)(
  'loses no password when the process of the lease holder is killed while the create runs and a repeat gets "%s"',
  { timeout: 60_000 },
  (repeat) =>
    withSlowCreate(2500, repeat, async (stack) => {
      const first = await stack.startInstance({ process: true });
      const lost = send(stack, first, payload);
      await until(() => stack.partnerCenter.createCalls > 0);
      await first.kill();
      expect((await lost).status).toBe(0);
      const answers = await pursue(stack, await stack.startInstance(), payload);
      expect(answers.at(-1)).toMatchObject({ status: 201 });
      expect(judge(stack, domain, answers)).toEqual([]);
    }),
);

test.concurrent.each(whileRunning)(
  'loses no password when the create outlasts the call of the only instance and a repeat gets "%s"',
  { timeout: 60_000 },
  (repeat) =>
    withSlowCreate(4500, repeat, async (stack) => {
      const answers = await pursue(stack, await stack.startInstance(), payload);
      expect(answers[0]).toMatchObject({ code: 'OutcomeUnknown' });
      expect(answers.at(-1)).toMatchObject({ status: 201 });
      expect(judge(stack, domain, answers)).toEqual([]);
    }),
);

test.concurrent.each(whileRunning)(
  'lets another instance take over while the create of the lease holder still runs and a repeat gets "%s"',
  { timeout: 60_000 },
  (repeat) =>
    withSlowCreate(2500, repeat, async (stack) => {
      const [owner, other] = [await stack.startInstance(), await stack.startInstance()];
      const owned = send(stack, owner, payload);
      await until(() => stack.partnerCenter.createCalls > 0);
      const joined = await pursue(stack, other, payload);
      const answers = [await owned, ...joined];
      expect(answers[0]).toMatchObject({ status: 201 });
      expect([200, 201]).toContain(joined.at(-1)?.status);
      expect(judge(stack, domain, answers)).toEqual([]);
      expect(
        new Set(
          stack.partnerCenter.server.requests
            .filter(({ operation }) => operation === 'createCustomer')
            .map(({ headers }) => headers['ms-requestid']),
        ).size,
      ).toBe(1);
    }),
);
