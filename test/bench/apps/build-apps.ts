import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { unzipSync } from 'fflate';
import { repositoryRoot } from '../../local/host/functions-host.ts';

/** The apps whose cold starts are compared, each a folder that a host can run. */
export interface BuiltApps {
  /** One function that says hello, bundled and minified. */
  readonly hello: string;
  /** The product file by file, its packages in node_modules. */
  readonly unbundled: string;
  /** The deployment package, unpacked. */
  readonly packaged: string;
  readonly remove: () => Promise<void>;
}

const common = { platform: 'node', format: 'cjs', target: 'node20', logLevel: 'error' } satisfies BuildOptions;

/** Builds the apps into a new folder. */
export async function buildApps(): Promise<BuiltApps> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-apps-'));
  const [hello, unbundled] = [join(folder, 'hello'), join(folder, 'unbundled')];
  await prepare(hello, 'dist/main.cjs');
  await build({
    ...common,
    entryPoints: [fileURLToPath(new URL('hello.ts', import.meta.url))],
    outfile: join(hello, 'dist/main.cjs'),
    bundle: true,
    minify: true,
    external: ['@azure/functions-core'],
  });
  await prepare(unbundled, 'functions/start.js');
  await symlink(join(repositoryRoot, 'node_modules'), join(unbundled, 'node_modules'));
  await buildUnbundled(unbundled);
  const packaged = join(folder, 'packaged');
  await unpack(packaged);
  return { hello, unbundled, packaged, remove: () => rm(folder, { recursive: true }) };
}

async function unpack(root: string): Promise<void> {
  const files = unzipSync(await readFile(join(repositoryRoot, 'release/functionapp.zip')));
  for (const [path, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), bytes);
  }
}

async function prepare(root: string, main: string): Promise<void> {
  await mkdir(root);
  await cp(join(repositoryRoot, 'host.json'), join(root, 'host.json'));
  await writeFile(join(root, 'package.json'), JSON.stringify({ version: '1.0.0', main }));
}

/** The local host gives its core module only to the main file; packages outside a bundle get it as in the Functions worker. */
const start = `const Module = require('node:module');
const core = require('@azure/functions-core');
const load = Module._load;
Module._load = (name, ...others) => (name === '@azure/functions-core' ? core : load(name, ...others));
require('./main.js');
`;

/** One output file per source, as a compiler writes them: imports are not bundled and use the new file names. */
async function buildUnbundled(outdir: string): Promise<void> {
  const files: Plugin = {
    name: 'files',
    setup(bundle) {
      bundle.onResolve({ filter: /^\./ }, ({ path }) => ({ path: path.replace(/\.ts$/, '.js'), external: true }));
    },
  };
  await build({
    ...common,
    entryPoints: ['functions', 'shared'].map((folder) => join(repositoryRoot, folder, '**/*.ts')),
    outdir,
    outbase: repositoryRoot,
    bundle: true,
    packages: 'external',
    plugins: [files],
  });
  for (const folder of ['shared/data', 'shared/schema']) {
    await cp(join(repositoryRoot, folder), join(outdir, folder), {
      recursive: true,
      filter: (name) => !name.endsWith('.ts') && !name.endsWith('.md'),
    });
  }
  await writeFile(join(outdir, 'functions/start.js'), start);
}
