import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The text of a file of the repository. */
export function read(path: string): string {
  return readFileSync(`${root}/${path}`, 'utf8');
}

/** Every file of the repository that is or would be committed, by its path. */
export function listFiles(): readonly string[] {
  const output = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root });
  return [...new Set(output.toString('utf8').split('\n'))].filter((path) => path !== '' && exists(path)).sort();
}

/** Every file that people write and read as code. */
export function listSources(): readonly string[] {
  return listFiles().filter((path) => /\.(ts|mjs|cjs|js)$/.test(path) && !path.includes('.generated.'));
}

/** What a source imports, packages by their name and files by their path in the repository. */
export function importsOf(path: string): readonly string[] {
  const statements = read(path).matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g);
  return [...statements].map(([, name = '']) => (name.startsWith('.') ? posix.join(posix.dirname(path), name) : name));
}

function exists(path: string): boolean {
  try {
    readFileSync(`${root}/${path}`);
    return true;
  } catch {
    return false;
  }
}
