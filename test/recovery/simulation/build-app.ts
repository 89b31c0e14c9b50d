import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { repositoryRoot } from '../../local/host/functions-host.ts';

/** A change of the sources in a build: the only occurrence of `find` becomes `replace`. */
export interface Patch {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** Builds the app with patches into a temporary folder, as `npm run build` does without them. Throws when a patch does not fit the source. */
export async function buildApp(patches: readonly Patch[]): Promise<{ appRoot: string; remove: () => Promise<void> }> {
  const appRoot = await mkdtemp(join(tmpdir(), 'csp-onboarding-'));
  await mkdir(join(appRoot, 'dist'));
  await Promise.all(
    ['host.json', 'package.json'].map((name) => copyFile(join(repositoryRoot, name), join(appRoot, name))),
  );
  await build({
    entryPoints: [join(repositoryRoot, 'functions/main.ts')],
    outfile: join(appRoot, 'dist/main.cjs'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['@azure/functions-core'],
    logLevel: 'error',
    plugins: [applyPatches(patches)],
  });
  return { appRoot, remove: () => rm(appRoot, { recursive: true, force: true }) };
}

/** Applies patches to the sources while they are bundled. */
export function applyPatches(patches: readonly Patch[]): Plugin {
  const files = new Set(patches.map(({ file }) => join(repositoryRoot, file)));
  return {
    name: 'patches',
    setup(plan) {
      plan.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        if (!files.has(path)) return undefined;
        let contents = await readFile(path, 'utf8');
        for (const patch of patches.filter(({ file }) => join(repositoryRoot, file) === path)) {
          contents = applyPatch(contents, patch);
        }
        return { contents, loader: 'ts' };
      });
    },
  };
}

/** A source with its patch applied. Throws unless `find` occurs exactly once. */
export function applyPatch(source: string, { file, find, replace }: Patch): string {
  if (source.split(find).length !== 2) throw new Error(`A patch does not fit ${file}: ${find}`);
  return source.replace(find, () => replace);
}
