import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryRoot } from '../local/host/functions-host.ts';
import { mutants } from './mutants.ts';

test.each(mutants)('still finds the place where it is decided that $safeguard', async ({ patches }) => {
  expect(patches).not.toEqual([]);
  for (const { file, find, replace } of patches) {
    const source = await readFile(join(repositoryRoot, file), 'utf8');
    expect([file, find, source.split(find).length - 1]).toEqual([file, find, 1]);
    expect(replace).not.toBe(find);
  }
});
