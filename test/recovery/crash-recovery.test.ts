import { expect, test } from 'vitest';
import { crashAndSettle, loseFirstAnswers, type CrashPlan } from './rig/crash-run.ts';
import { listCalls } from './rig/kill-switches.ts';
import { isFull, startProofStack } from './rig/proof-stack.ts';
import { settleAll } from './rig/settle.ts';
import { drawTable, listBreaches, type Cell } from './rig/table.ts';

const stages = ['arrived', 'processed', 'answered'] as const;
const writes = /store (Started|PasswordGone|RecoveryClaimed|Lost|pending|Succeeded)|resetPassword/;
const reads = /findCustomers|readAuditRecords|listUsers/;

async function crash(flow: 'app' | 'app+user', replay: 'without-password' | 'domain-exists'): Promise<Cell[]> {
  const stack = await startProofStack({ flow });
  try {
    stack.partnerCenter.knobs.replay = replay;
    await loseFirstAnswers(stack, ['probe.onmicrosoft.com']);
    const probe = {
      domain: 'probe.onmicrosoft.com',
      instance: await stack.startInstance({ fronts: true }),
      answers: [],
    };
    await settleAll(stack, [probe]);
    const calls = listCalls(stack, probe.instance);
    const chosen = calls.filter((call) => isFull || writes.test(call) || reads.test(call));
    const boundaries = chosen.flatMap((call) => {
      const some = isFull || writes.test(call) ? stages : (['processed'] as const);
      return some.map((stage) => ({ call, stage }));
    });
    const plans = boundaries.map((boundary, index): CrashPlan => ({
      boundary,
      domain: `r${index}.onmicrosoft.com`,
      lostBefore: true,
    }));
    await loseFirstAnswers(
      stack,
      plans.map(({ domain }) => domain),
    );
    return await crashAndSettle(stack, plans, replay);
  } finally {
    await stack.close();
  }
}

test.each(['app', 'app+user'] as const)(
  'settles rightly after a kill -9 at every boundary of a recovery, with %s',
  { timeout: 600_000 },
  async (flow) => {
    const cells = [...(await crash(flow, 'without-password')), ...(await crash(flow, 'domain-exists'))];
    console.log(drawTable(`Crash matrix of recovery, ${flow}${isFull ? '' : ', short'}`, cells));
    expect(listBreaches(cells)).toEqual([]);
  },
);
