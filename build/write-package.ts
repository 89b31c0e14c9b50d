import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { zipSync, type Zippable } from 'fflate';

/** Files of dist/ that are of no use in Azure: a developer's own sign-in. */
const local = new Set(['developer-credential.cjs']);

interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly main: string;
}

/** Writes the deployment package: the build, host.json and a package.json that names the main file. The same commit gives the same bytes. */
export async function writePackage(file: string, built = 'dist'): Promise<Buffer> {
  const { name, version, main } = JSON.parse(await readFile('package.json', 'utf8')) as PackageJson;
  const folder = dirname(main);
  const names = (await readdir(built)).filter((entry) => entry.endsWith('.cjs') && !local.has(entry)).sort();
  const files: Zippable = {};
  // Fixed times, fixed order.
  const add = (path: string, bytes: Uint8Array): void => {
    files[path] = [bytes, { level: 9, mtime: new Date(1980, 0, 1) }];
  };
  for (const entry of names) add(`${folder}/${entry}`, await readFile(`${built}/${entry}`));
  add('host.json', await readFile('host.json'));
  add('package.json', new TextEncoder().encode(`${JSON.stringify({ name, version, main }, null, 2)}\n`));
  const zip = Buffer.from(zipSync(files));
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, zip);
  return zip;
}
