import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';

export interface Property {
  type?: string;
  title?: string;
  description?: string;
  required?: string[];
  enum?: unknown[];
  default?: unknown;
  properties?: Record<string, Property>;
  items?: Property;
  $ref?: string;
  'x-ms-summary'?: string;
  'x-ms-visibility'?: string;
  [keyword: string]: unknown;
}
export interface Parameter extends Property {
  name: string;
  in: string;
  schema?: Property;
}
export interface ConnectorOperation {
  operationId: string;
  summary: string;
  description: string;
  parameters: Parameter[];
  responses: Record<string, { description: string; schema?: Property }>;
  [keyword: string]: unknown;
}
export interface Definition {
  info: {
    title: string;
    description: string;
    version: string;
    contact?: { name?: string; url?: string; email?: string };
  };
  host: string;
  basePath: string;
  schemes: string[];
  consumes: string[];
  produces: string[];
  securityDefinitions: Record<string, { type: string }>;
  security: Record<string, string[]>[];
  paths: Record<string, Record<string, ConnectorOperation>>;
  definitions: Record<string, Property>;
  'x-ms-connector-metadata': { propertyName: string; propertyValue: string }[];
  'x-ms-capabilities': { testConnection?: { operationId: string } };
}
export interface Properties {
  connectionParameters: Record<
    string,
    {
      type: string;
      oAuthSettings?: Record<string, unknown>;
      uiDefinition?: { constraints: { required?: string } };
    }
  >;
  iconBrandColor: string;
  capabilities: string[];
  policyTemplateInstances: { templateId: string; parameters: Record<string, unknown> }[];
  publisher: string;
  stackOwner?: string;
}
export interface Connector {
  definition: Definition;
  properties: Properties;
  /** The file as it is in git. */
  text: string;
  readme: string;
  icon: Buffer;
}

const folder = new URL('../../../infra/connector/', import.meta.url);

/** The connector as it is in git; a new copy each time. */
export function readConnector(signIn: 'key' | 'entra'): Connector {
  const own = signIn === 'key' ? '' : 'entra/';
  const read = (path: string): string => readFileSync(new URL(path, folder), 'utf8');
  const text = read(`${own}apiDefinition.swagger.json`);
  return {
    text,
    definition: JSON.parse(text) as Definition,
    properties: (JSON.parse(read(`${own}apiProperties.json`)) as { properties: Properties }).properties,
    readme: read('README.md'),
    icon: readFileSync(new URL('icon.png', folder)),
  };
}

/** Every operation with its path and verb. */
export function listOperations({
  definition,
}: Connector): { path: string; verb: string; operation: ConnectorOperation }[] {
  return Object.entries(definition.paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([verb, operation]) => ({ path, verb, operation })),
  );
}

/** Every schema with a name for people: definitions, their properties and items, to any depth. */
export function listSchemas({ definition }: Connector): { place: string; schema: Property; isProperty: boolean }[] {
  const walk = (place: string, schema: Property, isProperty: boolean): ReturnType<typeof listSchemas> => [
    { place, schema, isProperty },
    ...Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => walk(`${place}.${name}`, inner, true)),
    ...(schema.items ? walk(`${place}[]`, schema.items, false) : []),
  ];
  return Object.entries(definition.definitions).flatMap(([name, schema]) => walk(name, schema, false));
}

/** Width, height, PNG colour type and the raw rows of the icon, each behind its filter byte. */
export function decodeIcon(icon: Buffer): { width: number; height: number; colorType: number; rows: Buffer } {
  const data: Buffer[] = [];
  for (let at = 8; at < icon.length; at += 12 + icon.readUInt32BE(at)) {
    const length = icon.readUInt32BE(at);
    if (icon.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(icon.subarray(at + 8, at + 8 + length));
  }
  const rows = inflateSync(Buffer.concat(data));
  return { width: icon.readUInt32BE(16), height: icon.readUInt32BE(20), colorType: icon.readUInt8(25), rows };
}
