import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryRoot } from '../../local/host/functions-host.ts';
import { applyPatch } from '../simulation/build-app.ts';
import { explore } from './explore.ts';
import { modelMutants } from './mutants.ts';
import { questionsOf } from './questions.ts';

const inSources = modelMutants.filter(({ patches }) => patches);
const inWorld = modelMutants.filter(({ without }) => without);

test.each(inSources)('finds the code in the workflow of the safeguard: $safeguard', async ({ patches = [] }) => {
  expect(patches).not.toEqual([]);
  for (const patch of patches) {
    const source = await readFile(join(repositoryRoot, patch.file), 'utf8');
    expect(applyPatch(source, patch)).not.toBe(source);
  }
});

test.each(inWorld)('breaks a promise without the safeguard: $safeguard', ({ without = '', theme }) => {
  const verdicts = questionsOf(theme).map((question) => explore({ ...question, without: [without] }));
  expect(verdicts.map(({ wrong }) => wrong)).toContainEqual(expect.any(String));
});
