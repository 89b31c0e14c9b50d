import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../../local/host/functions-host.ts';
import type { Figure } from '../figure.ts';

/** Kilobytes (1,000 bytes) of the deployment package and of the file that every instance loads. */
export async function measurePackage(): Promise<Figure[]> {
  const { size } = await stat(join(repositoryRoot, 'release/functionapp.zip'));
  const { length } = await readFile(join(repositoryRoot, 'dist/main.cjs'));
  return [
    { measure: 'package', figure: 'release/functionapp.zip', unit: 'KB', values: [size / 1000], atMost: 700 },
    { measure: 'package', figure: 'dist/main.cjs', unit: 'KB', values: [length / 1000] },
  ];
}
