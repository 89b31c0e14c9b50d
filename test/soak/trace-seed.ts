import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { typeArguments } from '../local/type-arguments.ts';
import type { SimulationResult } from '../simulation/simulate.ts';

const script = fileURLToPath(new URL('../simulation/run-seeds.ts', import.meta.url));

/** Replays one seed and prints every step of it: calls, answers, happenings, and the record at the end. Gives its violations. */
export async function traceSeed(seed: number, appRoot: string): Promise<readonly string[]> {
  const told = ['--from', String(seed), '--trace', '--app', appRoot];
  const child = spawn(process.execPath, [...typeArguments, script, ...told], { stdio: ['ignore', 'pipe', 'inherit'] });
  let violations: readonly string[] = ['the run did not end'];
  createInterface({ input: child.stdout }).on('line', (line) => {
    console.log(line);
    if (line.startsWith('{')) ({ violations } = JSON.parse(line) as SimulationResult);
  });
  await new Promise((resolve) => child.once('close', resolve));
  return violations;
}
