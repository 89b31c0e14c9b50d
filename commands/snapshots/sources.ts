import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const infra = new URL('../../infra/', import.meta.url);
const record = new URL('snapshots/sources.json', infra);

/** SHA-256 of every source of the snapshots, by its path under infra/. */
export function hashSources(readSource: (path: string) => string = readFile): Record<string, string> {
  const paths = readdirSync(infra, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
  const sources = paths
    .filter((path) => /\.(bicep|bicepparam|csproj)$|^main\.\w+\.parameters\.json$/.test(path))
    .sort();
  return Object.fromEntries(sources.map((path) => [path, hash(readSource(path))]));
}

const readFile = (path: string): string => readFileSync(new URL(path, infra), 'utf8');

/** The hashes of the sources from which the snapshots were written. */
export const readHashes = (): unknown => JSON.parse(readFileSync(record, 'utf8')) as unknown;

/** Records the hashes of the sources beside the snapshots. */
export function writeHashes(): void {
  writeFileSync(record, `${JSON.stringify(hashSources(), undefined, 2)}\n`);
}

/** Line endings are normalised: they depend on the checkout. */
const hash = (text: string): string => createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
