import { readdirSync, readFileSync } from 'node:fs';
import { readInterfaces, type Parameter as Compiled } from '../../commands/snapshots/interface.ts';

/** A parameter of a Bicep file: its default as text, and its decorators by name. */
export interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly value: string | undefined;
  readonly decorators: ReadonlyMap<string, string>;
}

/** Parameters and outputs of one Bicep file, from the compiler. */
export interface BicepFile {
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly outputs: ReadonlyMap<string, string>;
}

/** The interfaces of the deployments. */
export interface Infra {
  readonly files: readonly BicepFile[];
  /** Parsed parameter files by name. */
  readonly parameterFiles: ReadonlyMap<string, Readonly<Record<string, { readonly value: unknown }>>>;
}

const folder = new URL('../../infra/', import.meta.url);

/** Names of the files under infra/ with the given ending, with forward slashes. */
export function infraFiles(ending: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
  return names.filter((name) => name.endsWith(ending)).sort();
}

/** The text of a file under infra/. */
export const infraText = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

/** Reads the interfaces of main.bicep, its modules and entra.bicep, and the parameter files. */
export function readInfra(): Infra {
  const files = Object.entries(readInterfaces()).map(([path, { parameters, outputs }]) => ({
    path,
    parameters: Object.entries(parameters).map(([name, one]) => readParameter(name, one)),
    outputs: new Map(Object.entries(outputs).map(([name, { type }]) => [name, type])),
  }));
  const parameterFiles = infraFiles('.parameters.json').map((name) => {
    const { parameters } = JSON.parse(infraText(name)) as { parameters: Record<string, { value: unknown }> };
    return [name, parameters] as const;
  });
  return { files, parameterFiles: new Map(parameterFiles) };
}

function readParameter(name: string, { type, defaultValue, metadata, ...rest }: Compiled): Parameter {
  const said = Object.entries({ description: metadata?.description, allowed: rest.allowedValues, ...rest });
  const decorators = said
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [key, write(value)] as const);
  const value = defaultValue === undefined ? undefined : write(defaultValue);
  return { name, type: type.toLowerCase(), value, decorators: new Map(decorators) };
}

const write = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The file of this name; throws if it is missing. */
export function fileOf(infra: Infra, path: string): BicepFile {
  const found = infra.files.find((file) => file.path === path);
  if (!found) throw new Error(`infra/${path} is missing`);
  return found;
}
