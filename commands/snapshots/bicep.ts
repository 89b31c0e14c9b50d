import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename } from 'node:path';
import { root, run, type Run } from './compiler.ts';
import { readTemplate, type Interface } from './interface.ts';
import { withParameterFile, type Refusal } from './refusals.ts';

// Made-up ids, so that a snapshot is the same on every machine.
const place = ['--subscription-id', '00000000-0000-0000-0000-000000000001', '--resource-group', 'rg-csp-onboarding'];
const scope = [...place, '--location', 'westeurope', '--tenant-id', '00000000-0000-0000-0000-000000000002'];
const options = [...scope, '--deployment-name', 'csp-onboarding'];

const list = (ending: string): string[] =>
  readdirSync(`${root}infra`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => `infra/${name}`)
    .sort();

/** The app registration. Its types come from a registry, so it does not compile everywhere. */
export const registration = 'infra/entra.bicep';

/** The Bicep files that compile without a registry. */
export const listModules = (): string[] => list('.bicep').filter((path) => path !== registration);

/** All parameter files for snapshots, `defaults.bicepparam` included. */
export const listParameterFiles = (): string[] => list('.bicepparam');

/** The parameter files that have a snapshot each. */
export const listOptions = (): string[] =>
  listParameterFiles().filter((path) => basename(path) !== 'defaults.bicepparam');

/** The compiler as a function from arguments to the result of the run. */
export function useCompiler(compiler: string): (...args: readonly string[]) => Run {
  return (...args) => {
    const done = run(compiler, args);
    if (!done) throw new Error(`${compiler} cannot be run`);
    return done;
  };
}

type Compiler = ReturnType<typeof useCompiler>;

/** Errors and warnings of the compiler and its linter for a file and its modules, one per line. */
export const lint = (bicep: Compiler, path: string): string[] => linesOf(bicep('lint', path));

/** Complaints about a file that `bicep format` would change. */
export function checkFormat(bicep: Compiler, path: string, text: string): string[] {
  return bicep('format', path, '--stdout').stdout.trimEnd() === text.trimEnd() ? [] : [`${path}: run bicep format`];
}

/** Writes or validates the snapshot of a parameter file; returns complaints, one per line. */
export function takeSnapshot(bicep: Compiler, path: string, mode: 'overwrite' | 'validate'): string[] {
  const done = bicep('snapshot', path, '--mode', mode, ...options);
  return done.status === 0 ? [] : [`${path}: ${mode} failed`, ...linesOf(done)];
}

/** Complaints unless the template refuses the parameters with its own message. */
export function checkRefusal(bicep: Compiler, refusal: Refusal): string[] {
  const done = withParameterFile(refusal, (path) => bicep('snapshot', path, '--mode', 'overwrite', ...options));
  if (done.status !== 0 && done.stderr.includes(refusal.message)) return [];
  return [`main.bicep does not refuse ${refusal.parameters}`, ...linesOf(done)];
}

/** The interface of every file but the registration, compiled in two runs. */
export function compileInterfaces(bicep: Compiler): Record<string, Interface> {
  const templates = ['infra/main.bicep', 'infra/modules/*.bicep'].map((pattern) => compile(bicep, pattern));
  const all = new Map(templates.flatMap((compiled) => [...compiled]));
  const read = (path: string): Interface => readTemplate(all.get(basename(path, '.bicep')) ?? '{}');
  return Object.fromEntries(listModules().map((path) => [path.slice('infra/'.length), read(path)]));
}

/** The interface of the registration; throws where the registry is unreachable. */
export const compileRegistration = (bicep: Compiler): Interface =>
  readTemplate(compile(bicep, registration).get(basename(registration, '.bicep')) ?? '{}');

/** The compiled templates of a pattern, by the name of their source. */
function compile(bicep: Compiler, pattern: string): Map<string, string> {
  const folder = mkdtempSync(`${tmpdir()}/bicep-`);
  try {
    const done = bicep('build', '--pattern', pattern, '--outdir', folder);
    if (done.status !== 0) throw new Error(`${pattern} does not compile:\n${done.stderr}`);
    const templates = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.json'),
    );
    return new Map(templates.map((name) => [basename(name, '.json'), readFileSync(`${folder}/${name}`, 'utf8')]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const linesOf = ({ stdout, stderr }: Run): string[] => `${stdout}\n${stderr}`.split('\n').filter((line) => line !== '');
