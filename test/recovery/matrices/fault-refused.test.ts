import { expect, test } from 'vitest';
import type { Stack } from '../../local/stack.ts';
import { breakCreates } from '../rig/break-creates.ts';
import { payloadFor, send, type Answer } from '../rig/caller.ts';
import { lastings, planFaults, type Row } from '../rig/fault-plan.ts';
import { faultAndSettle } from '../rig/fault-run.ts';
import { isSuccess, judge } from '../rig/judge.ts';
import { passLeases, withProofStack } from '../rig/proof-stack.ts';
import { settleAll, type Pursuit } from '../rig/settle.ts';
import { drawTable, listBreaches, type Cell } from '../rig/table.ts';
import { longerTimes } from '../../local/short-times.ts';

/** The calls after a refused create: the domain probe, and the write of the refusal to the record. */
const rows: readonly Row[] = [
  { call: 'partnerCenter createCustomer', created: true },
  { call: 'partnerCenter probeDomain', after: 'Open', created: true },
  { call: 'table replaceRow Refused', created: true },
];
const isRefused = ({ code }: Answer): boolean => code === 'RejectedByPartnerCenter';

test.concurrent(
  'reaches the correct outcome after every fault of the calls that follow a refusal',
  { timeout: 600_000 },
  () =>
    withProofStack({ settings: longerTimes }, async (stack) => {
      stack.partnerCenter.knobs.createRefusal = { status: 400, code: 800018, leaves: 'nothing' };
      const plans = lastings.flatMap((lasting) => planFaults(rows, lasting));
      const cells: Cell[] = await faultAndSettle(stack, plans, isRefused);
      console.log(drawTable('Fault matrix of a refusal', cells));
      expect(listBreaches(cells)).toEqual([]);
      expect(stack.partnerCenter.tenants.size).toBe(0);
      // A refusal that has ended does not block later calls. One that is not on record yet is received again under the same request id.
      stack.partnerCenter.knobs.createRefusal = undefined;
      const instance = await stack.startInstance();
      const again: Pursuit[] = plans.map(({ domain }) => ({ domain, instance, answers: [] }));
      await settleAll(stack, again, { until: isSuccess });
      for (const { domain, answers } of again) {
        expect([domain, answers.filter(isRefused).length <= 1, answers.at(-1)?.status]).toEqual([domain, true, 201]);
        expect(judge(stack, domain, answers)).toEqual([]);
      }
    }),
);

test.concurrent('begins no new attempt after a refusal while the domain cannot be probed', { timeout: 60_000 }, () =>
  withProofStack({ settings: longerTimes }, async (stack) => {
    stack.partnerCenter.knobs.createRefusal = { status: 400, code: 800018, leaves: 'nothing' };
    const mend = breakCreates(stack, 'reset-before');
    const answers = [await send(stack, await stack.startInstance(), payloadFor('probed'))];
    mend();
    const other = await stack.startInstance();
    for (let call = 0; call < 2; call++) {
      passLeases(stack);
      if (call > 0) loseProbes(stack);
      answers.push(await send(stack, other, payloadFor('probed')));
    }
    expect(answers.map(({ code }) => code)).toEqual([
      'OutcomeUnknown',
      'RejectedByPartnerCenter',
      'PartnerCenterError',
    ]);
  }),
);

function loseProbes({ partnerCenter }: Stack): void {
  const matches = ({ operation }: { operation: string }): boolean => operation === 'probeDomain';
  partnerCenter.server.faults.add({ kind: 'timeout-before', times: Infinity, matches });
}
