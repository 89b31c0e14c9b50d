import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryRoot } from '../../local/host/functions-host.ts';
import { applyPatch } from '../simulation/build-app.ts';
import { mutants } from './mutants.ts';

test.each(mutants)('still finds the code of the safeguard: $safeguard', async ({ patches }) => {
  expect(patches).not.toEqual([]);
  for (const patch of patches) {
    const source = await readFile(join(repositoryRoot, patch.file), 'utf8');
    expect(applyPatch(source, patch)).not.toBe(source);
  }
});
