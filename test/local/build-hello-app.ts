import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const source = fileURLToPath(new URL('../fixtures/hello-app/', import.meta.url));

/** Bundles the fixture app in the same way as the product, into a separate folder; `remove` deletes it. */
export async function buildHelloApp(): Promise<{ appRoot: string; remove: () => Promise<void> }> {
  const appRoot = await mkdtemp(join(tmpdir(), 'hello-app-'));
  await cp(join(source, 'host.json'), join(appRoot, 'host.json'));
  await writeFile(join(appRoot, 'package.json'), JSON.stringify({ main: 'dist/main.cjs' }));
  await build({
    entryPoints: [join(source, 'main.ts')],
    outfile: join(appRoot, 'dist/main.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['@azure/functions-core'],
    logLevel: 'error',
  });
  return { appRoot, remove: () => rm(appRoot, { recursive: true, force: true }) };
}
