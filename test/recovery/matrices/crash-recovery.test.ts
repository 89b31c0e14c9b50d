import { expect, test } from 'vitest';
import { crashAndSettle, loseFirstAnswers, type CrashPlan } from '../rig/crash-run.ts';
import { listCalls, type Boundary } from '../rig/kill-switches.ts';
import { isFull, startProofStack } from '../rig/proof-stack.ts';
import { settleAll } from '../rig/settle.ts';
import { drawTable, listBreaches, type Cell } from '../rig/table.ts';
import { longerTimes } from '../../local/short-times.ts';

const stages = ['arrived', 'processed', 'answered'] as const;
const replays = ['without-password', 'domain-exists'] as const;
const writes = /store admin-password|resetPassword|replaceRow/;

/** The full matrix has every cell. The short one has the writes: a kill during a read leaves what a kill before the next write leaves. */
function isChosen({ call, stage }: Boundary, flow: 'app' | 'app+user', replay: (typeof replays)[number]): boolean {
  if (isFull) return true;
  if (flow === 'app') return call.endsWith('replaceRow Open') && stage === 'processed';
  return replay === 'domain-exists' ? writes.test(call) : call.endsWith('resetPassword');
}

async function crash(flow: 'app' | 'app+user', replay: (typeof replays)[number]): Promise<Cell[]> {
  const stack = await startProofStack({ flow, settings: longerTimes });
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
    expect(calls.filter((call) => writes.test(call))).toHaveLength(flow === 'app' ? 1 : 5);
    const all = calls.flatMap((call) => stages.map((stage): Boundary => ({ call, stage })));
    const boundaries = all.filter((boundary) => isChosen(boundary, flow, replay));
    const plans = boundaries.map((boundary, index): CrashPlan => ({
      boundary,
      domain: `r${index}.onmicrosoft.com`,
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

const columns = replays.flatMap((replay) => stages.map((stage) => `${replay} ${stage}`));

test.each(['app', 'app+user'] as const)(
  'reaches the correct outcome after a kill -9 at every boundary of a recovery, with %s',
  { timeout: 600_000 },
  async (flow) => {
    const cells = (await Promise.all(replays.map((replay) => crash(flow, replay)))).flat();
    console.log(drawTable(`Crash matrix of recovery, ${flow}${isFull ? '' : ', short'}`, cells, columns));
    expect(listBreaches(cells)).toEqual([]);
  },
);
