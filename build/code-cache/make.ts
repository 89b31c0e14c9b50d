import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** For reproducible caches: the random seed affects the order of V8's tables, and threads affect what is cached. V8 compares neither on load. */
const flags = ['--random-seed=1', '--predictable', '--disable-warning=ExperimentalWarning'];

/** Wraps the app in a module function, which V8 can compile ahead of time. */
export function wrapApp(bundle: string): string {
  // The loader reads the file as Latin-1, and V8 compares the length of the source.
  if (!/^[\0-\x7f]*$/.test(bundle)) throw new Error('The bundle must be plain ASCII.');
  return `(function (exports, require, module, __filename, __dirname) {${bundle}\n})`;
}

/** Makes the code cache of the app after one onboarding with each of these Node.js binaries, by the file name that functions/start.ts reads. */
export async function makeCodeCaches(app: string, nodes: readonly string[]): Promise<Map<string, Buffer>> {
  const folder = await mkdtemp(join(tmpdir(), 'code-cache-'));
  await writeFile(join(folder, 'app.cjs'), app);
  for (const node of nodes) await run(node, [...flags, new URL('record.ts', import.meta.url).pathname, folder]);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.cache')).sort();
  const caches = new Map<string, Buffer>();
  for (const name of names) caches.set(name, await readFile(join(folder, name)));
  await rm(folder, { recursive: true });
  return caches;
}
