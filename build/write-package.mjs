import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { zipSync } from 'fflate';

/** Files of dist/ that are of no use in Azure: a developer's own sign-in. */
const local = new Set(['developer-credential.cjs']);

/** Writes the deployment package: the build, host.json and a package.json that names the main file. The same commit gives the same bytes. */
export async function writePackage(file) {
  const { name, version, main } = JSON.parse(await readFile('package.json', 'utf8'));
  const text = (value) => new TextEncoder().encode(value);
  // Fixed times, fixed order.
  const entry = (bytes) => [new Uint8Array(bytes), { level: 9, mtime: new Date(1980, 0, 1) }];
  const files = (await readdir(dirname(main))).filter((name) => !local.has(name)).sort();
  const build = files.map(async (name) => [`dist/${name}`, entry(await readFile(`dist/${name}`))]);
  const zip = zipSync({
    ...Object.fromEntries(await Promise.all(build)),
    'host.json': entry(await readFile('host.json')),
    'package.json': entry(text(`${JSON.stringify({ name, version, main }, null, 2)}\n`)),
  });
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, zip);
  console.log(`${file}, ${zip.length} bytes`);
}
