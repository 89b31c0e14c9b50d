import { modelMutants } from '../model/mutants.ts';
import { runMutant } from '../model/run-mutant.ts';
import { buildApp } from '../simulation/build-app.ts';
import { runSeeds } from '../simulation/run-children.ts';
import type { Mutant, Proof } from './mutant.ts';
import { mutants } from './mutants.ts';

const seeds = 1500;

/** Removes each safeguard in turn and prints which proof fails; returns the safeguards without a failing proof. */
export async function runMutants(only = ''): Promise<readonly string[]> {
  const survivors: string[] = [];
  console.log('| Safeguard taken out | Proof that went red | Seed | What it said |\n|---|---|---|---|');
  for (const mutant of mutants.filter(({ safeguard }) => safeguard.includes(only))) {
    const found = await findRed(mutant);
    if (!found) survivors.push(mutant.safeguard);
    const { proof, seed, said } = found ?? { proof: 'NONE', seed: '–', said: 'survived' };
    console.log(`| ${mutant.safeguard} | ${proof} | ${seed} | ${said} |`);
  }
  for (const mutant of modelMutants.filter(({ safeguard }) => safeguard.includes(only))) {
    const { wrong, path } = await runMutant(mutant);
    if (wrong === undefined) survivors.push(mutant.safeguard);
    console.log(`| ${mutant.safeguard} | recovery model | – | ${wrong ?? 'survived'}, after ${path.length} steps |`);
  }
  return survivors;
}

interface Red {
  readonly proof: string;
  readonly seed: number | string;
  readonly said: string;
}

async function findRed({ patches, proof, check }: Mutant): Promise<Red | undefined> {
  const said = await check?.(patches);
  const whole = said === undefined ? undefined : await check?.([]);
  if (whole !== undefined) throw new Error(`check: red with every safeguard in place: ${whole}`);
  if (said !== undefined) return { proof: 'check', seed: '–', said };
  const { appRoot, remove } = await buildApp(patches);
  try {
    const general = { name: 'simulation', focus: {} };
    const aimed = proof && (await runProof(proof, appRoot, 60));
    const red = aimed ?? (await runProof(general, appRoot, seeds));
    // The seed must fail because of the missing safeguard.
    if (red) await expectGreen(red, aimed && proof ? proof : general);
    return red;
  } finally {
    await remove();
  }
}

async function expectGreen({ seed }: Red, { name, focus }: Proof): Promise<void> {
  const { appRoot, remove } = await buildApp([]);
  try {
    const [result] = await runSeeds({ from: Number(seed), count: 1, processes: 1, appRoot, focus });
    if (result?.violations.length !== 0) throw new Error(`${name}: seed ${seed} is red with every safeguard in place`);
  } finally {
    await remove();
  }
}

/** The first seed that breaks a promise or has an unexpected outcome. */
async function runProof({ name, focus, expected }: Proof, appRoot: string, count: number): Promise<Red | undefined> {
  // Starting a process takes as long as a few seeds.
  const processes = count > 5 ? 2 : 1;
  const results = await runSeeds({ from: 0, count, processes, appRoot, focus, stopAtFailure: true });
  const red = results.find(({ violations }) => violations.length > 0);
  if (red) return { proof: name, seed: red.seed, said: red.violations[0] ?? '' };
  const other = expected && results.find(({ outcome }) => outcome !== expected);
  return other ? { proof: name, seed: other.seed, said: `${other.outcome} instead of ${expected}` } : undefined;
}

/** Runs every proof on the unchanged app; returns those that fail. */
export async function runProofs(appRoot: string, proofs: readonly Proof[], count: number): Promise<readonly string[]> {
  const red: string[] = [];
  for (const proof of proofs) {
    const found = await runProof(proof, appRoot, count);
    if (found) red.push(`${found.proof}, seed ${found.seed}: ${found.said}`);
  }
  return red;
}
