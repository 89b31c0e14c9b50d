import type { SimulationResult } from './simulate.ts';

/** The pseudo-seed of an unhandled rejection, which does not name the run in which it happened. */
export const unhandled = -1;

/**
 * The failures that recur when their seeds run again. A fault of the product replays from its seed; a failure caused by a busy machine does not, and
 * is only reported as a warning. An unhandled rejection has no seed to replay and always counts.
 */
export async function findLasting(
  results: readonly SimulationResult[],
  replay: (seed: number) => Promise<readonly SimulationResult[]>,
): Promise<SimulationResult[]> {
  const lasting: SimulationResult[] = [];
  for (const failed of results.filter(({ violations }) => violations.length > 0)) {
    const again = failed.seed === unhandled ? [failed] : await replay(failed.seed);
    if (again.some(({ violations }) => violations.length > 0)) lasting.push(...again);
    else console.warn(`seed ${failed.seed} was red once and is green now: ${failed.violations.join('; ')}`);
  }
  return lasting;
}
