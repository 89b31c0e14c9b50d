import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '../local/host/functions-host.ts';
import { explore } from '../recovery/model/explore.ts';
import { longQuestions } from '../recovery/model/long-questions.ts';
import { describeQuestion } from '../recovery/model/questions.ts';
import { buildApp } from '../recovery/simulation/build-app.ts';
import { runSeeds, summarise } from '../recovery/simulation/run-children.ts';
import { isFlat, runLoad } from './load.ts';
import { runMutants, runProofs } from '../recovery/mutants/run-mutants.ts';
import * as proofs from '../recovery/mutants/proofs.ts';
import * as frozen from '../recovery/mutants/frozen-proofs.ts';
import * as races from '../recovery/mutants/race-proofs.ts';
import { traceSeed } from './trace-seed.ts';

/**
 * `npm run soak`: the long form of the tests that `npm test` runs in a short form. Without options: simulation, proofs, load, model and matrices.
 * `--seed N` replays one seed step by step, `--seeds N` runs that many, `--load N` onboards that many, `--model` explores the large questions,
 * `--matrix` runs every cell of the matrices; `--mutants` removes each safeguard in turn (`--only TEXT` some of them).
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string' },
    from: { type: 'string', default: '1000' },
    load: { type: 'string' },
    model: { type: 'boolean', default: false },
    matrix: { type: 'boolean', default: false },
    mutants: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});
const faults: string[] = [];

async function simulateMany(count: number, appRoot: string): Promise<void> {
  console.log(`\nSimulation: ${count} seeds from ${values.from}`);
  let done = 0;
  const onResult = (): void => {
    done += 1;
    if (done % 500 === 0) console.log(`  ${done} seeds`);
  };
  const { text, failed } = summarise(await runSeeds({ from: Number(values.from), count, appRoot, onResult }));
  console.log([text, ...failed].join('\n  '));
  faults.push(...failed, ...(await runProofs(appRoot, Object.values({ ...proofs, ...frozen, ...races }), 40)));
}

async function loadMany(count: number, appRoot: string): Promise<void> {
  console.log(`\nLoad: ${count} onboardings, 64 side by side, a tenth of all requests failing`);
  const start = performance.now();
  const { figures, wrong } = await runLoad(count, appRoot, ({ done, calls, heap, rss }) =>
    console.log(`  ${done} done, ${calls} calls, heap ${heap} MB, RSS ${rss} MB`),
  );
  const flat = isFlat(figures);
  const memory = flat === undefined ? 'too few to tell whether memory stays flat' : `memory ${flat ? 'flat' : 'grew'}`;
  console.log(`  ${Math.round((performance.now() - start) / 1000)} s, ${wrong.length} ended wrong, ${memory}`);
  faults.push(...wrong, ...(flat === false ? ['memory grew'] : []));
}

function exploreAll(): void {
  console.log('\nRecovery model');
  for (const question of longQuestions) {
    const { states, whole, wrong, path } = explore(question, { most: 20_000_000 });
    console.log(
      `  ${describeQuestion(question)}: ${states} states, ${wrong ?? (whole ? 'holds' : 'cut off, none found')}`,
    );
    if (wrong !== undefined) faults.push(`${wrong}: ${path.join(' → ')}`);
    else if (!whole) faults.push(`not looked at whole: ${describeQuestion(question)}`);
  }
}

function runMatrices(): void {
  console.log('\nCrash and fault matrices, every cell');
  const told = ['node_modules/vitest/vitest.mjs', 'run', 'test/recovery/matrices/', 'test/recovery/scenarios/'];
  const env = { ...process.env, RECOVERY_MATRIX: 'full' };
  const { status } = spawnSync(process.execPath, told, { cwd: repositoryRoot, env, stdio: 'inherit' });
  if (status !== 0) faults.push('a matrix has a red cell');
}

async function mutate(): Promise<void> {
  const survivors = await runMutants(values.only);
  faults.push(...survivors.map((safeguard) => `nobody missed: ${safeguard}`));
}

const { appRoot, remove } = await buildApp([]);
try {
  const all = !values.seed && !values.seeds && !values.load && !values.model && !values.matrix && !values.mutants;
  if (values.seed) faults.push(...(await traceSeed(Number(values.seed), appRoot)));
  if (all || values.seeds) await simulateMany(Number(values.seeds ?? 4000), appRoot);
  if (all || values.load) await loadMany(Number(values.load ?? 10_000), appRoot);
  if (all || values.model) exploreAll();
  if (all || values.matrix) runMatrices();
  if (values.mutants) await mutate();
} finally {
  await remove();
}
for (const fault of faults) console.error(`FAILED: ${fault}`);
process.exitCode = faults.length > 0 ? 1 : 0;
