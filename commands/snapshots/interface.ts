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

/** What one Bicep file takes and gives. */
export interface Interface {
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly outputs: Readonly<Record<string, { readonly type: string }>>;
}

const record = new URL('../../infra/snapshots/interfaces.json', import.meta.url);

/** Parameters and outputs of a compiled template, without what the snapshots show better. */
export function readTemplate(template: string): Interface {
  const { parameters = {}, outputs = {} } = JSON.parse(template) as Partial<Interface>;
  const types = Object.entries(outputs).map(([name, { type }]) => [name, { type }] as const);
  return { parameters, outputs: Object.fromEntries(types) };
}

/** The parameters and outputs of every Bicep file by its path under infra/, as the compiler last saw them. */
export function readInterfaces(): Record<string, Interface> {
  return JSON.parse(readFileSync(record, 'utf8')) as Record<string, Interface>;
}

/** The text of the file that holds the interfaces. */
export const writeInterfaces = (interfaces: Readonly<Record<string, Interface>>): void =>
  writeFileSync(record, formatInterfaces(interfaces));

/** Interfaces as they are written down. */
export const formatInterfaces = (interfaces: Readonly<Record<string, Interface>>): string =>
  `${JSON.stringify(interfaces, undefined, 2)}\n`;
