import { readdirSync, readFileSync } from 'node:fs';
import { parseBicep, type BicepFile, type Declaration } from './bicep-file.ts';

/** The main deployment as the checks see it. */
export interface Infra {
  readonly files: readonly BicepFile[];
  /** Parameter files by name, as parsed JSON. */
  readonly parameterFiles: ReadonlyMap<string, Readonly<Record<string, { readonly value: unknown }>>>;
}

/** A change to one file that must make a check complain: the text to find, and what stands there instead. */
export interface Variant {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const folder = new URL('../../infra/', import.meta.url);

/** Names of the files under infra/ with the given ending, with forward slashes. */
export function infraFiles(ending: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
  return names.filter((name) => name.endsWith(ending)).sort();
}

/** The text of a file under infra/. */
export const infraText = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

/** Parses the main deployment, with one file changed when a variant is given. infra/entra.bicep is a deployment of its own. */
export function readInfra(variant?: Variant): Infra {
  const read = (name: string): string => (name === variant?.file ? applyVariant(variant) : infraText(name));
  return {
    files: infraFiles('.bicep')
      .filter((name) => name !== 'entra.bicep')
      .map((name) => parseBicep(name, read(name))),
    parameterFiles: new Map(
      infraFiles('.parameters.json').map((name) => {
        const { parameters } = JSON.parse(read(name)) as { parameters: Record<string, { value: unknown }> };
        return [name, parameters];
      }),
    ),
  };
}

function applyVariant({ file, from, to }: Variant): string {
  const text = infraText(file);
  if (!text.includes(from)) throw new Error(`${file} does not contain: ${from}`);
  return text.replace(from, () => to);
}

/** The file of that name; throws when it is not there. */
export function fileOf(infra: Infra, path: string): BicepFile {
  const found = infra.files.find((file) => file.path === path);
  if (!found) throw new Error(`infra/${path} is missing`);
  return found;
}

/** All resources of a type that the deployment creates. */
export function created(infra: Infra, type: string): Declaration[] {
  return infra.files.flatMap(({ resources }) => resources).filter((one) => one.type === type && !one.existing);
}

/** Complaints about properties that do not have the wanted text; `undefined` wants the property absent. */
export function expectProperties(
  one: Declaration,
  wanted: Readonly<Record<string, string | RegExp | undefined>>,
): string[] {
  return Object.entries(wanted).flatMap(([path, value]) => {
    const actual = one.properties.get(path);
    const right = value instanceof RegExp ? actual !== undefined && value.test(actual) : actual === value;
    return right ? [] : [`${one.file}, ${one.symbol}: ${path} is ${actual ?? 'absent'}`];
  });
}

/** A complaint unless the condition holds. */
export const complainUnless = (holds: boolean, complaint: string): string[] => (holds ? [] : [complaint]);
