import locales from '../../shared/data/locales.json' with { type: 'json' };
import type { Json, JsonObject } from '../../shared/open-api/refer.ts';
import { compare } from '../../shared/open-api/request-schema.ts';

/** The part of a schema that the connector's editor shows. */
interface Schema {
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly [keyword: string]: unknown;
}

const important = { 'x-ms-visibility': 'important' } as const;
const advanced = { 'x-ms-visibility': 'advanced' } as const;

/** The parts of a schema for makers only: names in dropdowns, defaults, and which optional fields are shown initially. */
const forMakers: Readonly<Record<string, JsonObject>> = {
  addressLine2: important,
  city: important,
  state: important,
  postalCode: important,
  phoneNumber: important,
  country: { 'x-ms-enum-values': nameCountries() },
  addressConfirmed: advanced,
  culture: advanced,
  enableGDAPByDefault: { default: true, ...advanced },
  language: advanced,
  middleName: advanced,
  organizationRegistrationNumber: advanced,
  associatedPartnerId: advanced,
};

/** A schema of the product in the form that Swagger 2 and the editor require: all references inlined, with `x-ms-summary` on every property. */
export function toConnectorSchema(schema: object, isInput: boolean): JsonObject {
  return convert(schema as Schema, isInput, undefined) as JsonObject;
}

function convert(schema: Schema, isInput: boolean, name: string | undefined): Json {
  const { title, properties, items, pattern, additionalProperties: _, ...rest } = schema;
  const required = schema.required ?? [];
  const extra = isInput && name !== undefined ? forMakers[name] : undefined;
  // Swagger 2 does not support Unicode classes; the service checks such texts itself.
  const isPortable = typeof pattern === 'string' && !pattern.includes(String.raw`\p`);
  return {
    ...(name === undefined ? { title } : { 'x-ms-summary': title }),
    ...(rest as JsonObject),
    ...(isPortable ? { pattern } : {}),
    ...extra,
    ...(items ? { items: convert(items, isInput, undefined) } : {}),
    ...(properties
      ? {
          properties: Object.fromEntries(
            Object.entries(properties).map(([key, property]) => {
              const shown = isInput && required.includes(key) ? important : {};
              return [key, { ...(convert(property, isInput, key) as JsonObject), ...shown }];
            }),
          ),
        }
      : {}),
  };
}

function nameCountries(): readonly JsonObject[] {
  return locales
    .map(({ country, countryName }) => ({ value: country, displayName: countryName }))
    .sort((left, right) => compare(left.displayName, right.displayName));
}
