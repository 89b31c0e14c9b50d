import { Judge } from './judge.ts';
import { planOf, type Plan } from './plan.ts';
import { Random } from './random.ts';
import { describeRecord } from './record-text.ts';
import { clock, pass } from './virtual-time.ts';
import { connectWire } from './wire.ts';
import { Run } from './run.ts';
import { World } from './world.ts';

export interface SimulationOptions {
  /** Folder of the built app; the repository by default. */
  readonly appRoot?: string | undefined;
  readonly focus?: Partial<Plan> | undefined;
  readonly trace?: ((line: string) => void) | undefined;
}

export interface SimulationResult {
  readonly seed: number;
  readonly violations: readonly string[];
  /** The outcome of the onboarding. */
  readonly outcome: string;
  /** Virtual milliseconds from the end of the faults to a final answer. */
  readonly settledAfter: number;
  readonly calls: number;
}

/** Runs one seed through its faults to a final answer and checks every step. */
export async function simulate(seed: number, options: SimulationOptions = {}): Promise<SimulationResult> {
  const plan = planOf(seed, options.focus);
  const random = new Random(seed + 0x5eed);
  clock.now = 0;
  const chance = Math.random;
  Math.random = () => random.next();
  const world = await World.create(plan, options.appRoot);
  const judge = new Judge(world);
  connectWire(world, random, judge);
  const run = new Run(world, judge, random, options.trace);
  try {
    await Promise.all([
      ...plan.callers.map((caller) => run.call(caller)),
      ...plan.events.map((event) => run.happen(event)),
    ]);
    if (clock.now < plan.faultsEnd) await pass(plan.faultsEnd - clock.now);
    const outcome = await run.settle();
    if (plan.wholeLogs) judge.findLeaks();
    for (const line of options.trace ? describeRecord(world) : []) options.trace?.(line);
    return { seed, violations: judge.violations, outcome, settledAfter: run.settledAfter, calls: run.calls };
  } finally {
    await world.close();
    Math.random = chance;
  }
}
