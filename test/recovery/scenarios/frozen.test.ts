import { expect, test } from 'vitest';
import { sleep } from '../../../shared/network/clock.ts';
import type { Instance } from '../../local/instance.ts';
import type { Stack } from '../../local/stack.ts';
import { payloadFor, send, stateOf } from '../rig/caller.ts';
import { isSuccess, judge } from '../rig/judge.ts';
import type { Boundary } from '../rig/kill-switches.ts';
import { nameCall } from '../rig/name-call.ts';
import { passLeases, withProofStack } from '../rig/proof-stack.ts';
import { pursue, until } from '../rig/pursue.ts';

interface Moment extends Boundary {
  readonly nth?: number;
}

const domain = 'frozen.onmicrosoft.com';
const payload = payloadFor('frozen');

/** Stops a process (SIGSTOP) at a boundary of its n-th call of a kind; resolves when it has stopped. */
async function freezeAt(stack: Stack, instance: Instance, { call, stage, nth = 1 }: Moment): Promise<void> {
  let seen = 0;
  for (const [name, server] of Object.entries(stack.servers)) {
    server.onStage = (at, request) => {
      if (at !== stage || request.front !== instance.name || nameCall(name, request) !== call) return;
      seen += 1;
      if (seen === nth) process.kill(instance.process?.pid ?? 0, 'SIGSTOP');
    };
  }
  await until(() => seen >= nth);
}

/** What an instance has written and reset so far. */
function effectsOf(stack: Stack, instance: Instance): string[] {
  return Object.entries(stack.servers).flatMap(([name, server]) =>
    server.requests
      .filter(({ front, method }) => front === instance.name && ['PUT', 'PATCH'].includes(method))
      .map((request) => nameCall(name, request)),
  );
}

const moments: readonly Moment[] = [
  { call: 'partnerCenter createCustomer', stage: 'processed' },
  // By then the user name is stored, and only this write is in flight.
  { call: 'credentialVault store admin-password', stage: 'arrived', nth: 3 },
];

test.concurrent.each(moments)(
  'writes no stale data after it was frozen past its lease at $call',
  { timeout: 60_000 },
  (moment) =>
    withProofStack({ flow: 'app+user' }, async (stack) => {
      stack.partnerCenter.knobs.replay = 'without-password';
      const [frozen, other] = [
        await stack.startInstance({ process: true, fronts: true }),
        await stack.startInstance({ fronts: true }),
      ];
      let thawed = false;
      stack.credentialVault.server.faults.add({
        kind: 'reset-before',
        times: Infinity,
        matches: (request) =>
          !thawed &&
          request.front === frozen.name &&
          nameCall('credentialVault', request) === 'credentialVault store admin-password',
      });
      const late = send(stack, frozen, payload);
      await freezeAt(stack, frozen, moment);
      await sleep(15_500);
      passLeases(stack);
      const answers = await pursue(stack, other, payload);
      expect(answers.at(-1)).toMatchObject({ status: 201 });
      expect(stack.partnerCenter.tenants.get(domain)?.resets).toHaveLength(1);
      const before = effectsOf(stack, frozen);
      thawed = true;
      process.kill(frozen.process?.pid ?? 0, 'SIGCONT');
      expect(isSuccess(await late)).toBe(false);
      await sleep(1000);
      expect(effectsOf(stack, frozen)).toEqual(before);
      const again = await send(stack, other, payload);
      expect(again).toMatchObject({ status: 200 });
      expect(judge(stack, domain, [again])).toEqual([]);
      expect(stateOf(stack, domain)).toBe('Succeeded');
    }),
);
