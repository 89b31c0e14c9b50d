import { expect, test } from 'vitest';
import { sleep } from '../../../shared/network/clock.ts';
import { isSettled, payloadFor, send, type Answer } from '../rig/caller.ts';
import { judge } from '../rig/judge.ts';
import { withProofStack } from '../rig/proof-stack.ts';
import { until } from '../rig/pursue.ts';

const domain = 'killed.onmicrosoft.com';
const payload = payloadFor('killed');

test.concurrent(
  'takes over from an instance that was killed as soon as its lease has expired',
  { timeout: 60_000 },
  () =>
    withProofStack({}, async (stack) => {
      stack.partnerCenter.knobs.createDuration = 2000;
      const victim = await stack.startInstance({ process: true });
      const cut = send(stack, victim, payload);
      await until(() => stack.partnerCenter.createCalls > 0);
      await victim.kill();
      const start = performance.now();
      await cut;
      stack.partnerCenter.knobs.createDuration = 0;
      const other = await stack.startInstance();
      const answers: Answer[] = [];
      while (!answers.some(isSettled) && answers.length < 60) {
        answers.push(await send(stack, other, payload));
        const wait = Number(answers.at(-1)?.headers.get('retry-after') ?? 0);
        // At most the remaining lease duration.
        expect(wait).toBeLessThanOrEqual(16);
        await sleep(Math.min(wait, 2) * 1000);
      }
      expect(answers.at(-1)).toMatchObject({ status: 201 });
      expect(performance.now() - start).toBeLessThan(30_000);
      expect(stack.partnerCenter.creates(domain)).toBe(1);
      expect(judge(stack, domain, answers)).toEqual([]);
    }),
);

test.concurrent('renews the lease while a create takes longer than the lease', { timeout: 60_000 }, () =>
  withProofStack({ settings: { ONBOARDING_TIMEOUT_SECONDS: '40' } }, async (stack) => {
    stack.partnerCenter.knobs.createDuration = 18_000;
    const [one, other] = [await stack.startInstance(), await stack.startInstance()];
    const owned = send(stack, one, payload);
    await until(() => stack.partnerCenter.createCalls > 0);
    await sleep(16_500);
    const row = stack.table.row(domain);
    expect(Date.now() - (row?.timestamp ?? 0)).toBeLessThan(8000);
    const waited = await send(stack, other, payload);
    expect([await owned, waited].map(({ status }) => status)).toEqual([201, 201]);
    expect(stack.partnerCenter.createCalls).toBe(1);
  }),
);
