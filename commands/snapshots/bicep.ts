import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename } from 'node:path';
import { root, run, type Run } from './compiler.ts';
import { readTemplate, type Interface } from './interface.ts';

// Made up, so that a snapshot says the same everywhere.
const place = ['--subscription-id', '00000000-0000-0000-0000-000000000001', '--resource-group', 'rg-csp-onboarding'];
const scope = [...place, '--location', 'westeurope', '--tenant-id', '00000000-0000-0000-0000-000000000002'];

const list = (ending: string): string[] =>
  readdirSync(`${root}infra`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => `infra/${name}`)
    .sort();

/** The Bicep files that compile without a registry, and the one whose extension comes from one. */
export const listModules = (): string[] => list('.bicep').filter((path) => path !== registration);
export const registration = 'infra/entra.bicep';

/** The parameter files that a snapshot is made of; the ones for all of them is none by itself. */
export const listOptions = (): string[] =>
  list('.bicepparam').filter((path) => basename(path) !== 'defaults.bicepparam');

/** The compiler as a function: its arguments in, what it said out. */
export function useCompiler(compiler: string): (...args: readonly string[]) => Run {
  return (...args) => {
    const done = run(compiler, args);
    if (!done) throw new Error(`${compiler} cannot be run`);
    return done;
  };
}

type Compiler = ReturnType<typeof useCompiler>;

/** What the compiler and its linter say about a file: errors and warnings, a line each. */
export const lint = (bicep: Compiler, path: string): string[] => linesOf(bicep('lint', path));

/** Complaints about a file that `bicep format` would change. */
export function checkFormat(bicep: Compiler, path: string, text: string): string[] {
  return bicep('format', path, '--stdout').stdout.trimEnd() === text.trimEnd() ? [] : [`${path}: run bicep format`];
}

/** Writes or validates the snapshot of a parameter file; complaints are lines. */
export function takeSnapshot(bicep: Compiler, path: string, mode: 'overwrite' | 'validate'): string[] {
  const done = bicep('snapshot', path, '--mode', mode, ...scope, '--deployment-name', 'csp-onboarding');
  return done.status === 0 ? [] : [`${path}: ${mode} failed`, ...linesOf(done)];
}

/** Parameters and outputs of every file but the registration, compiled in one go. */
export function compileInterfaces(bicep: Compiler): Record<string, Interface> {
  const folder = mkdtempSync(`${tmpdir()}/bicep-`);
  try {
    for (const pattern of ['infra/main.bicep', 'infra/modules/*.bicep']) {
      const done = bicep('build', '--pattern', pattern, '--outdir', folder);
      if (done.status !== 0) throw new Error(`${pattern} does not compile:\n${done.stderr}`);
    }
    const templates = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.json'),
    );
    const read = (path: string): Interface => {
      const template = templates.find((name) => basename(name, '.json') === basename(path, '.bicep')) ?? '';
      return readTemplate(readFileSync(`${folder}/${template}`, 'utf8'));
    };
    return Object.fromEntries(listModules().map((path) => [path.slice('infra/'.length), read(path)]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const linesOf = ({ stdout, stderr }: Run): string[] => `${stdout}\n${stderr}`.split('\n').filter((line) => line !== '');
