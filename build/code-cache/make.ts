import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** The random seed goes into the order of V8's tables, and threads into what is kept; neither goes into what V8 compares. */
const flags = ['--random-seed=1', '--predictable', '--disable-warning=ExperimentalWarning'];

/** The app as a function of its module, which V8 can compile ahead. */
export function wrapApp(bundle: string): string {
  // The loader reads it byte by byte, and V8 compares the length of the source.
  if (!/^[\0-\x7f]*$/.test(bundle)) throw new Error('The bundle must be plain ASCII.');
  return `(function (exports, require, module, __filename, __dirname) {${bundle}\n})`;
}

/** What each of these Nodes has compiled of the app after an onboarding, by the name under which functions/start.ts looks for it. */
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
