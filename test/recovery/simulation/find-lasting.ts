import type { SimulationResult } from './simulate.ts';

/** The seed that stands for a rejection which nobody handled: it says not in which run that happened. */
export const unhandled = -1;

/**
 * The failures that stay when their seeds run once more. A fault of the product replays from its seed; on a machine that is too busy to
 * deliver an answer in time a failure does not, and is named in a warning. An unhandled rejection has no seed to replay, and is never forgiven.
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
