import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { repositoryRoot } from '../../local/host/functions-host.ts';
import { applyPatches } from '../simulation/build-app.ts';
import type { Verdict } from './explore.ts';
import type { ModelMutant } from './mutant.ts';
import { questionsOf } from './questions.ts';

const run = promisify(execFile);

/** Runs the model on changed workflow sources in a separate process; returns the verdict. */
export async function runMutant({ patches = [], without, theme }: ModelMutant): Promise<Verdict> {
  const folder = await mkdtemp(join(tmpdir(), 'csp-onboarding-model-'));
  const outfile = join(folder, 'ask.mjs');
  const questions = questionsOf(theme).map((question) => ({ ...question, without: without ? [without] : [] }));
  try {
    await build({
      entryPoints: [join(repositoryRoot, 'test/recovery/model/ask.ts')],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
      plugins: [applyPatches(patches)],
    });
    const { stdout } = await run(process.execPath, [outfile, JSON.stringify(questions)]);
    return JSON.parse(stdout) as Verdict;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
