import { seedScript } from '../recovery/simulation/run-children.ts';
import { runScript } from '../recovery/simulation/run-script.ts';
import type { SimulationResult } from '../recovery/simulation/simulate.ts';

/** Replays one seed and prints every step: calls, answers, events, and the final record. Returns its violations. */
export async function traceSeed(seed: number, appRoot: string): Promise<readonly string[]> {
  const told = ['--from', String(seed), '--trace', '--app', appRoot];
  let violations: readonly string[] = ['the run did not end'];
  const onLine = (line: string): void => {
    console.log(line);
    if (line.startsWith('{')) ({ violations } = JSON.parse(line) as SimulationResult);
  };
  await runScript({ script: seedScript, told, onLine });
  return violations;
}
