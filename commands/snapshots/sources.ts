import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const infra = new URL('../../infra/', import.meta.url);
const record = new URL('snapshots/sources.json', infra);

/** SHA-256 of everything that the snapshots are made of, by path under infra/. */
export function hashSources(): Record<string, string> {
  const paths = readdirSync(infra, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
  const sources = paths
    .filter((path) => /\.(bicep|bicepparam|csproj)$|^main\.\w+\.parameters\.json$/.test(path))
    .sort();
  return Object.fromEntries(sources.map((path) => [path, hash(readFileSync(new URL(path, infra), 'utf8'))]));
}

/** The hashes as they were when the snapshots were written. */
export const readHashes = (): unknown => JSON.parse(readFileSync(record, 'utf8')) as unknown;

/** Notes the hashes of the sources beside the snapshots that were made of them. */
export function writeHashes(): void {
  writeFileSync(record, `${JSON.stringify(hashSources(), undefined, 2)}\n`);
}

/** Line ends are left out of it: a checkout may have others. */
const hash = (text: string): string => createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
