import { expect, test } from 'vitest';
import type { Answer } from '../rig/caller.ts';
import { loseFirstAnswers } from '../rig/crash-run.ts';
import { lastings, planFaults, type Row } from '../rig/fault-plan.ts';
import { faultAndSettle } from '../rig/fault-run.ts';
import { isSuccess } from '../rig/judge.ts';
import { listCalls } from '../rig/kill-switches.ts';
import { isFull, startProofStack } from '../rig/proof-stack.ts';
import { settleAll } from '../rig/settle.ts';
import { drawTable, listBreaches, type Cell } from '../rig/table.ts';
import { longerTimes } from '../../local/short-times.ts';

const isLost = ({ code }: Answer): boolean => code === 'CredentialsLost';
/** The calls that only a recovery makes or repeats. */
const recovering = /replaceRow|store admin-password|list admin|find|Audit|Users|reset/;
const repeat: Row = { call: 'partnerCenter createCustomer', created: true };
const unanswered = /^(reset|timeout|truncated|html|500|503|429|401)(?!.*once)/;

/** App-only has no password reset; the full matrix has a separate row for it. */
const recoveries = [
  { flow: 'app+user', more: [], isEnd: isSuccess },
  { flow: 'app', more: [repeat], isEnd: isLost },
] as const;

test.each(recoveries.filter(({ flow }) => isFull || flow === 'app+user'))(
  'reaches the correct outcome after every fault of every upstream call of a recovery, with $flow',
  { timeout: 600_000 },
  async ({ flow, more, isEnd }) => {
    const stack = await startProofStack({ flow, settings: longerTimes });
    try {
      stack.partnerCenter.knobs.replay = 'domain-exists';
      const domain = 'probe.onmicrosoft.com';
      await loseFirstAnswers(stack, [domain]);
      const probe = { domain, instance: await stack.startInstance({ fronts: true }), answers: [] };
      await settleAll(stack, [probe]);
      const calls = listCalls(stack, probe.instance).filter((call) => recovering.test(call));
      const rows = [...calls.map((call) => ({ call, created: true })), ...more];
      const cells: Cell[] = [];
      for (const lasting of lastings) {
        const plans = planFaults(rows, lasting);
        await loseFirstAnswers(
          stack,
          plans.map((one) => one.domain),
        );
        cells.push(...(await faultAndSettle(stack, plans, isEnd)));
      }
      console.log(drawTable(`Fault matrix of recovery, ${flow}`, cells));
      expect(listBreaches(cells)).toEqual([]);
      // Credentials are not declared lost while a repeat of the create is unanswered.
      const repeats = cells.filter(({ row, column }) => row === repeat.call && unanswered.test(column));
      expect(repeats.filter(({ outcome }) => !outcome.startsWith('unknown'))).toEqual([]);
    } finally {
      await stack.close();
    }
  },
);
