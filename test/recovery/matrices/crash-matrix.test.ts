import { expect, test } from 'vitest';
import { payloadFor, send } from '../rig/caller.ts';
import { crashAndSettle, type CrashPlan } from '../rig/crash-run.ts';
import { listCalls, type Boundary } from '../rig/kill-switches.ts';
import { isFull, startProofStack } from '../rig/proof-stack.ts';
import { drawTable, listBreaches, type Cell } from '../rig/table.ts';
import { longerTimes } from '../../local/short-times.ts';

const stages = ['arrived', 'processed', 'answered'] as const;
const replays = ['same', 'without-password', 'domain-exists'] as const;
const writes = /store admin-(username|password)|insertRow|replaceRow|createCustomer/;
const created = /store admin-password|replaceRow/;

/**
 * The full matrix has every cell. The short one omits equivalent cells: replay behaviours before a tenant exists, the second sign-in where a repeat
 * returns the password, and reads, because a kill at a read leaves the same state as a kill before the next write.
 */
function isChosen({ call, stage }: Boundary, flow: 'app' | 'app+user', replay: (typeof replays)[number]): boolean {
  if (isFull) return true;
  if (replay === 'same') return flow === 'app' && writes.test(call);
  return created.test(call) || (call.endsWith('createCustomer') && stage !== 'arrived');
}

async function crash(flow: 'app' | 'app+user', replay: (typeof replays)[number]): Promise<Cell[]> {
  const stack = await startProofStack({ flow, settings: longerTimes });
  try {
    const probe = await stack.startInstance({ fronts: true });
    expect(await send(stack, probe, payloadFor('probe'))).toMatchObject({ status: 201 });
    stack.partnerCenter.knobs.replay = replay;
    const calls = listCalls(stack, probe);
    expect(calls.filter((call) => writes.test(call))).toHaveLength(5);
    const all = calls.flatMap((call) => stages.map((stage): Boundary => ({ call, stage })));
    const boundaries = all.filter((boundary) => isChosen(boundary, flow, replay));
    const plans = boundaries.map((boundary, index): CrashPlan => ({ boundary, domain: `c${index}.onmicrosoft.com` }));
    return await crashAndSettle(stack, plans, replay);
  } finally {
    await stack.close();
  }
}

const columns = replays.flatMap((replay) => stages.map((stage) => `${replay} ${stage}`));

test.each(['app', 'app+user'] as const)(
  'reaches the correct outcome after a kill -9 at every boundary of every upstream call, with %s',
  { timeout: 600_000 },
  async (flow) => {
    const cells = (await Promise.all(replays.map((replay) => crash(flow, replay)))).flat();
    console.log(drawTable(`Crash matrix, ${flow}${isFull ? '' : ', short'}`, cells, columns));
    expect(listBreaches(cells)).toEqual([]);
  },
);
