import { clock, pass } from '../recovery/simulation/virtual-time.ts';
import { parseArgs } from 'node:util';
import { bodyOf, payloadOf, sendCall } from '../recovery/simulation/caller.ts';
import { planOf, second } from '../recovery/simulation/plan.ts';
import { Random } from '../recovery/simulation/random.ts';
import { connectWire, failures } from '../recovery/simulation/wire.ts';
import { World, type Node } from '../recovery/simulation/world.ts';
import { forgetDomain, judgeOnboarding } from './judge-load.ts';

/** Onboards many customers in parallel in this process, with a part of all requests failing, and prints a line of JSON for every thousand. */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    width: { type: 'string', default: '64' },
    app: { type: 'string' },
  },
});
const count = Number(values.count);
const rate = 0.1;
const faults = {
  partnerCenter: rate,
  credentialVault: rate,
  fallbackVault: rate,
  partnerVault: rate,
  entra: rate,
  identity: rate,
  table: rate,
};
const random = new Random(1);
Math.random = () => random.next();
const plan = planOf(0, {
  flow: 'app+user',
  cloud: 'global',
  gdap: true,
  fallbackVault: true,
  instances: 1,
  clockOffsets: [0, 0, 0],
  vaultOffsets: [0, 0],
  settings: {},
  knobs: { createDuration: 2 * second },
  wire: { usual: 20, slowness: [], late: 0, faults, kill: 0, kinds: [...failures, 'slow'] },
  faultsEnd: Infinity,
  wholeLogs: false,
});
const world = await World.create(plan, values.app);
connectWire(world, random, { handled: () => undefined, processed: () => undefined, answered: () => undefined });
const [node] = world.nodes as [Node];
const wrong: string[] = [];
let begun = 0;
let done = 0;
let calls = 0;

/** One customer, from the first call to a success, as a flow repeats it. */
async function onboard(number: number): Promise<void> {
  const domain = `load${number}.onmicrosoft.com`;
  for (let tried = 0; tried < 60; tried++) {
    calls += 1;
    const call = await sendCall(node, payloadOf(plan, domain, 'A'), {
      variant: 'A',
      patience: 230 * second,
      correlationId: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    });
    const status = call.answer?.status ?? 0;
    if (status === 200 || status === 201) {
      wrong.push(...judgeOnboarding(world, domain, bodyOf(call)));
      return forgetDomain(world, domain);
    }
    const { code } = bodyOf(call);
    if (status > 0 && status < 500 && status !== 429) wrong.push(`${domain}: ${status} ${code}`);
    await pass(Math.max(call.answer?.retryAfter ?? 0, 10 * second));
  }
  wrong.push(`${domain}: never settled`);
}

function report(): void {
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  const megabytes = (bytes: number): number => Math.round(bytes / 2 ** 20);
  const figures = {
    done,
    calls,
    heap: megabytes(heapUsed),
    rss: megabytes(rss),
    virtualSeconds: Math.round(clock.now / 1000),
  };
  console.log(JSON.stringify(figures));
}

async function work(): Promise<void> {
  while (begun < count) {
    await onboard(begun++);
    done += 1;
    if (done % 1000 === 0) report();
  }
}

await Promise.all(Array.from({ length: Number(values.width) }, work));
if (done % 1000 !== 0) report();
console.log(JSON.stringify({ wrong: wrong.slice(0, 20) }));
process.exit(wrong.length > 0 ? 1 : 0);
