import { expect, test } from 'vitest';
import { payloadFor, send } from './rig/caller.ts';
import { crashAndSettle, type CrashPlan } from './rig/crash-run.ts';
import { listCalls } from './rig/kill-switches.ts';
import { isFull, startProofStack } from './rig/proof-stack.ts';
import { drawTable, listBreaches, type Cell } from './rig/table.ts';

const stages = ['arrived', 'processed', 'answered'] as const;
const replays = ['same', 'without-password', 'domain-exists'] as const;
/** From here on something is on record or in the world. */
const writes = /store (Started|admin-username|admin-password|Succeeded)|createCustomer/;

async function crash(flow: 'app' | 'app+user', replay: (typeof replays)[number]): Promise<Cell[]> {
  const stack = await startProofStack({ flow });
  try {
    const probe = await stack.startInstance({ fronts: true });
    expect(await send(stack, probe, payloadFor('probe'))).toMatchObject({ status: 201 });
    stack.partnerCenter.knobs.replay = replay;
    const calls = listCalls(stack, probe);
    expect(calls.filter((call) => writes.test(call))).toHaveLength(5);
    // Before the first write all behaviours of a replay are one.
    const chosen = calls.filter((call) => isFull || writes.test(call) || (flow === 'app' && replay === 'same'));
    const boundaries = chosen.flatMap((call) => {
      const some = isFull || writes.test(call) ? stages : (['processed'] as const);
      return some.map((stage) => ({ call, stage }));
    });
    const plans = boundaries.map((boundary, index): CrashPlan => ({ boundary, domain: `c${index}.onmicrosoft.com` }));
    return await crashAndSettle(stack, plans, replay);
  } finally {
    await stack.close();
  }
}

test.each(['app', 'app+user'] as const)(
  'settles rightly after a kill -9 at every boundary of every upstream call, with %s',
  { timeout: 600_000 },
  async (flow) => {
    const cells: Cell[] = [];
    for (const replay of replays) cells.push(...(await crash(flow, replay)));
    console.log(drawTable(`Crash matrix, ${flow}${isFull ? '' : ', short'}`, cells));
    expect(listBreaches(cells)).toEqual([]);
  },
);
