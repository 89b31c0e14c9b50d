import { listSchemas, type Connector, type Property } from './connector.ts';
import { isPlainTitle, isSentence, type Rule, unless } from './rule.ts';

const request = ({ definition }: Connector): Property => definition.definitions['CustomerRequest']!;
const property = (connector: Connector, name: string): Property => request(connector).properties![name]!;
const each = (check: (schema: Property, isProperty: boolean) => boolean): Rule['find'] => {
  return (connector) =>
    listSchemas(connector).flatMap(({ place, schema, isProperty }) => unless(check(schema, isProperty), place));
};
const hasType = (value: unknown, type: string | undefined): boolean =>
  type === 'integer' ? Number.isInteger(value) : typeof value === type;
const forbidden = [
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'const',
  'nullable',
  'uniqueItems',
  'x-nullable',
  'additionalProperties',
];

/** What the certification asks of schemas, and what makers need beyond it. */
export const schemaRules: readonly Rule[] = [
  {
    title: 'has a plain summary and a description in a sentence on every property',
    find: each(
      (schema, isProperty) => !isProperty || (isPlainTitle(schema['x-ms-summary']) && isSentence(schema.description)),
    ),
    spoil: (connector) => void delete property(connector, 'city').description,
  },
  {
    title: 'has no summary longer than 80 characters',
    find: each((schema) => (schema['x-ms-summary'] ?? '').length <= 80),
    spoil: (connector) => void (property(connector, 'city')['x-ms-summary'] = 'City '.repeat(20)),
  },
  {
    title: 'knows no null and no choice of types',
    find: each(
      (schema) =>
        typeof schema.type === 'string' && schema.type !== 'null' && forbidden.every((word) => !(word in schema)),
    ),
    spoil: (connector) => void (property(connector, 'city')['x-nullable'] = true),
  },
  {
    title: 'has no empty schema and nothing beside a reference',
    find: (connector) =>
      listParts(connector.definition)
        .flatMap(({ place, part }) => [
          ...unless(!('$ref' in part) || Object.keys(part).length === 1, place),
          ...unless(!place.endsWith('.schema') || Object.keys(part).length > 0, place),
        ])
        .concat(
          each((schema) => schema.type !== 'object' || Object.keys(schema.properties ?? {}).length > 0)(connector),
        ),
    spoil: ({ definition }) => void (definition.definitions['Customer'] = { type: 'object' }),
  },
  {
    title: 'lists as required only properties that exist, and never an empty list',
    find: each(
      ({ required, properties, type }) =>
        required === undefined ||
        (type === 'object' && required.length > 0 && required.every((name) => name in (properties ?? {}))),
    ),
    spoil: (connector) => void request(connector).required?.push('taxId'),
  },
  {
    title: 'has choices and defaults of the right type',
    find: each(
      ({ type, enum: choices, default: preset }) =>
        (choices ?? []).every((choice) => hasType(choice, type)) && (preset === undefined || hasType(preset, type)),
    ),
    spoil: (connector) => void (property(connector, 'enableGDAPByDefault').default = 'true'),
  },
  {
    title: 'has a default on every internal property that is required',
    find: each(({ required = [], properties = {} }) =>
      required.every(
        (name) => properties[name]?.['x-ms-visibility'] !== 'internal' || properties[name].default !== undefined,
      ),
    ),
    spoil: (connector) => void (property(connector, 'domain')['x-ms-visibility'] = 'internal'),
  },
  {
    title: 'uses the known words for visibility',
    find: each(({ 'x-ms-visibility': shown = 'none' }) =>
      ['none', 'important', 'advanced', 'internal'].includes(shown),
    ),
    spoil: (connector) => void (property(connector, 'city')['x-ms-visibility'] = 'hidden'),
  },
  {
    title: 'has labels in sentence case, in which only abbreviations are capitals',
    find: each((schema) => /^[A-Z][a-z]+( ([a-z0-9]+|[A-Z]{2,}))*$/.test(schema['x-ms-summary'] ?? 'None')),
    spoil: (connector) => void (property(connector, 'city')['x-ms-summary'] = 'City Name'),
  },
  {
    title: 'takes and gives no secret',
    find: (connector) =>
      listSchemas(connector).flatMap(({ place }) =>
        unless(!/\.(password|secret|token|credential|userCredentials)$/i.test(place), place),
      ),
    spoil: (connector) => void (request(connector).properties!['password'] = { type: 'string' }),
  },
  {
    title: 'uses every definition',
    find: ({ definition }) =>
      Object.keys(definition.definitions).filter(
        (name) => !JSON.stringify(definition).includes(`"#/definitions/${name}"`),
      ),
    spoil: ({ definition }) => void (definition.definitions['Other'] = definition.definitions['Customer']!),
  },
];

function listParts(part: unknown, place = ''): { place: string; part: object }[] {
  if (typeof part !== 'object' || part === null) return [];
  return [{ place, part }, ...Object.entries(part).flatMap(([name, inner]) => listParts(inner, `${place}.${name}`))];
}
