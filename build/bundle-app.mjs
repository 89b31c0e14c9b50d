import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { lazyProxyAgents, noTokenExchange, onDemandFiles, shakeMsal } from './lean-bundle.mjs';

const options = {
  bundle: true,
  write: false,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  legalComments: 'none',
  // The Functions worker provides this module to the app.
  external: ['@azure/functions-core'],
  // `import()` becomes a late `require`, which every host of the app provides.
  supported: { 'dynamic-import': false },
  logLevel: 'warning',
};

/** Bundles the app into `folder`/main.cjs and what it imports on demand into files beside it. */
export async function bundleApp(folder) {
  const onDemand = new Map();
  const lean = [onDemandFiles(onDemand), shakeMsal, lazyProxyAgents];
  const outputs = new Map([['main.cjs', await bundle('functions/main.ts', [...lean, noTokenExchange])]]);
  for (const [name, source] of onDemand) outputs.set(name, await bundle(source, [shakeMsal, lazyProxyAgents]));
  await mkdir(folder, { recursive: true });
  for (const [name, text] of outputs) await replace(join(folder, name), text);
  const stale = (await readdir(folder)).filter((name) => !outputs.has(name));
  await Promise.all(stale.map((name) => rm(join(folder, name), { recursive: true })));
}

async function bundle(source, plugins) {
  const { outputFiles } = await build({ ...options, entryPoints: [source], plugins });
  return outputFiles[0].text;
}

/** At once: an app that starts meanwhile finds the old file or the new one. */
async function replace(file, text) {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}
