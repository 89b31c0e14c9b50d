import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { lazyProxyAgents, noTokenExchange, onDemandFiles, shakeMsal } from './lean-bundle.ts';

const options = {
  bundle: true,
  write: false,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  legalComments: 'none',
  // The Functions worker provides this module.
  external: ['@azure/functions-core'],
  // Turns `import()` into a deferred `require`, which every host of the app supports.
  supported: { 'dynamic-import': false },
  logLevel: 'warning',
} satisfies BuildOptions;

/** Bundles the app into `folder`/main.cjs, and the modules that it imports on demand into files next to it. */
export async function bundleApp(folder: string): Promise<void> {
  const onDemand = new Map<string, string>();
  const lean = [shakeMsal, lazyProxyAgents];
  const main = await bundle('functions/main.ts', [onDemandFiles(onDemand), ...lean, noTokenExchange]);
  const outputs = new Map([['main.cjs', main]]);
  for (const [name, source] of onDemand) outputs.set(name, await bundle(source, lean));
  await mkdir(folder, { recursive: true });
  for (const [name, text] of outputs) await replace(join(folder, name), text);
  const stale = (await readdir(folder)).filter((name) => !outputs.has(name) && !name.endsWith('.new'));
  await Promise.all(stale.map((name) => rm(join(folder, name), { recursive: true })));
}

/** Bundles the main file of the package, which runs the app with the code cache. */
export function bundleStart(): Promise<string> {
  return bundle('functions/start.ts', []);
}

async function bundle(source: string, plugins: Plugin[]): Promise<string> {
  const { outputFiles } = await build({ ...options, entryPoints: [source], plugins });
  return outputFiles[0]?.text ?? '';
}

/** Replaces a file atomically: an app that starts in the meantime finds either the old file or the new one. */
async function replace(file: string, text: string): Promise<void> {
  const fresh = `${file}.${process.pid}.new`;
  await writeFile(fresh, text);
  await rename(fresh, file);
}
