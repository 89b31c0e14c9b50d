import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { bundleStart } from './bundle-app.ts';
import { makeCodeCaches, wrapApp } from './code-cache/make.ts';

/** Files in dist/ that are not needed in Azure: the developer's sign-in. */
const local = new Set(['developer-credential.cjs']);

/** A fixed local time, as the zip format stores it, so that the machine's time zone does not matter. */
const fixed = { mtime: new Date(1980, 0, 1), mode: 0o100644, forceDosTimestamp: true };

interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly main: string;
}

/**
 * Writes the deployment package: the build, host.json and a package.json that names the main file. For each Node.js binary in `nodes` it also
 * adds a code cache of the app. The same commit and binaries produce the same bytes.
 */
export async function writePackage(file: string, built = 'dist', nodes: readonly string[] = []): Promise<Buffer> {
  const { name, version, main } = JSON.parse(await readFile('package.json', 'utf8')) as PackageJson;
  const folder = dirname(main);
  const names = (await readdir(built)).filter((entry) => entry.endsWith('.cjs') && !local.has(entry)).sort();
  const files = new Map<string, Uint8Array>();
  for (const entry of names) files.set(`${folder}/${entry}`, await readFile(`${built}/${entry}`));
  if (nodes.length > 0) {
    const app = wrapApp(await readFile(join(built, basename(main)), 'utf8'));
    files.set(`${folder}/app.cjs`, Buffer.from(app));
    files.set(main, Buffer.from(await bundleStart()));
    for (const [entry, code] of await makeCodeCaches(app, nodes)) files.set(`${folder}/${entry}`, code);
  }
  files.set('host.json', await readFile('host.json'));
  files.set('package.json', new TextEncoder().encode(`${JSON.stringify({ name, version, main }, null, 2)}\n`));
  const archive = new ZipFile();
  for (const [path, bytes] of files) archive.addBuffer(Buffer.from(bytes), path, { ...fixed, compressionLevel: 9 });
  archive.end();
  const zip = await buffer(archive.outputStream);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, zip);
  return zip;
}
