import { readFileSync, writeFileSync } from 'node:fs';

/** A parameter of a compiled Bicep file. */
export interface Parameter {
  readonly type: string;
  readonly defaultValue?: unknown;
  readonly allowedValues?: readonly unknown[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minValue?: number;
  readonly maxValue?: number;
  readonly metadata?: { readonly description?: string };
}

/** Parameters and outputs of one Bicep file, and the messages with which it refuses parameters. */
export interface Interface {
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly outputs: Readonly<Record<string, { readonly type: string }>>;
  readonly failures: readonly string[];
}

type Template = Partial<Interface> & { readonly variables?: object };

const record = new URL('../../infra/snapshots/interfaces.json', import.meta.url);

/** The interface of a compiled template. Its resources are left out: the snapshots show them. */
export function readTemplate(template: string): Interface {
  const { parameters = {}, outputs = {}, variables = {} } = JSON.parse(template) as Template;
  const types = Object.entries(outputs).map(([name, { type }]) => [name, { type }] as const);
  const failures = [...JSON.stringify(variables).matchAll(/\bfail\('((?:[^']|'')*)'\)/g)];
  return {
    parameters,
    outputs: Object.fromEntries(types),
    failures: failures.map(([, message = '']) => message.replaceAll("''", "'")),
  };
}

/** The recorded interface of every Bicep file, by its path under infra/. */
export function readInterfaces(): Record<string, Interface> {
  return JSON.parse(readFileSync(record, 'utf8')) as Record<string, Interface>;
}

/** Records the interfaces. */
export const writeInterfaces = (interfaces: Readonly<Record<string, Interface>>): void =>
  writeFileSync(record, formatInterfaces(interfaces));

/** The text of the record, so that it can be compared. */
export const formatInterfaces = (interfaces: Readonly<Record<string, Interface>>): string =>
  `${JSON.stringify(interfaces, undefined, 2)}\n`;
