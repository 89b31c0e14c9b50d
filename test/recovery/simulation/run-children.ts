import type { Plan } from './plan.ts';
import { runScript } from './run-script.ts';
import type { SimulationResult } from './simulate.ts';

export interface SeedRange {
  readonly from: number;
  readonly count: number;
  /** Number of parallel processes, each with a part of the range; 2 by default. */
  readonly processes?: number;
  readonly appRoot?: string | undefined;
  readonly focus?: Partial<Plan> | undefined;
  /** True stops at the first seed that fails. */
  readonly stopAtFailure?: boolean;
  /** Receives every result as it arrives. */
  readonly onResult?: (result: SimulationResult) => void;
}

/** The script that `runSeeds` runs. */
export const seedScript = new URL('run-seeds.ts', import.meta.url);

/** Runs seeds in separate processes. Returns the results in the order of the seeds. */
export async function runSeeds(range: SeedRange): Promise<SimulationResult[]> {
  const { from, count, processes = 2 } = range;
  const ends = new AbortController();
  const share = Math.ceil(count / processes);
  const parts = Array.from({ length: processes }, (_, index) => {
    const first = from + index * share;
    return runPart({ ...range, from: first, count: Math.min(share, from + count - first) }, ends);
  });
  const results = (await Promise.all(parts)).flat();
  return results.sort((one, other) => one.seed - other.seed);
}

async function runPart(range: SeedRange, ends: AbortController): Promise<SimulationResult[]> {
  const { from, count, appRoot, focus, stopAtFailure = false, onResult } = range;
  if (count <= 0) return [];
  const told = [
    '--from',
    String(from),
    '--count',
    String(count),
    '--focus',
    JSON.stringify(focus ?? {}),
    ...(appRoot === undefined ? [] : ['--app', appRoot]),
    ...(stopAtFailure ? ['--stop'] : []),
  ];
  const results: SimulationResult[] = [];
  const onLine = (line: string): void => {
    const result = JSON.parse(line) as SimulationResult;
    results.push(result);
    onResult?.(result);
    if (stopAtFailure && result.violations.length > 0) ends.abort();
  };
  const code = await runScript({ script: seedScript, told, signal: ends.signal, onLine });
  if (code !== 0 && !ends.signal.aborted && results.every(({ violations }) => violations.length === 0)) {
    throw new Error(`A simulation process ended with code ${code} after ${results.length} of ${count} seeds`);
  }
  return results;
}

/** The results as text: number of seeds, their outcomes, and every failed seed with its violations. */
export function summarise(results: readonly SimulationResult[]): { readonly text: string; readonly failed: string[] } {
  const outcomes = new Map<string, number>();
  for (const { outcome } of results) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  const failed = results
    .filter(({ violations }) => violations.length > 0)
    .map(({ seed, violations }) => `seed ${seed}: ${violations.join('; ')}`);
  const counted = [...outcomes].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
  const calls = results.reduce((sum, result) => sum + result.calls, 0);
  return { text: `${results.length} seeds, ${calls} calls: ${counted}; ${failed.length} failed`, failed };
}
