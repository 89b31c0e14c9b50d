import locales from '../../shared/data/locales.json' with { type: 'json' };
import type { Json, JsonObject } from '../../shared/open-api/refer.ts';

/** As much of a schema as the connector's editor shows. */
interface Schema {
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly [keyword: string]: unknown;
}

/** What a schema says only to makers: dropdowns, defaults and what is shown at first. */
const forMakers: Readonly<Record<string, JsonObject>> = {
  country: listCountries(),
  culture: { enum: listCultures(), 'x-ms-visibility': 'advanced' },
  enableGDAPByDefault: { default: true, 'x-ms-visibility': 'advanced' },
  language: { 'x-ms-visibility': 'advanced' },
  middleName: { 'x-ms-visibility': 'advanced' },
  organizationRegistrationNumber: { 'x-ms-visibility': 'advanced' },
  associatedPartnerId: { 'x-ms-visibility': 'advanced' },
};

/** A schema of the product as Swagger 2 and the editor want it: everything in place, with `x-ms-summary` on every property. */
export function toConnectorSchema(schema: object, isInput: boolean): JsonObject {
  return convert(schema as Schema, isInput, undefined) as JsonObject;
}

function convert(schema: Schema, isInput: boolean, name: string | undefined): Json {
  const { title, properties, items, pattern, additionalProperties: _, ...rest } = schema;
  const required = schema.required ?? [];
  const extra = isInput && name !== undefined ? forMakers[name] : undefined;
  // Swagger 2 knows no Unicode classes; the service checks such a text itself.
  const isPortable = typeof pattern === 'string' && !pattern.includes(String.raw`\p`) && !extra?.['enum'];
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
              const shown = isInput && required.includes(key) ? { 'x-ms-visibility': 'important' } : {};
              return [key, { ...(convert(property, isInput, key) as JsonObject), ...shown }];
            }),
          ),
        }
      : {}),
  };
}

function listCountries(): JsonObject {
  const countries = locales
    .map(({ country, countryName }) => ({ value: country, displayName: countryName }))
    .sort((left, right) => compare(left.displayName, right.displayName));
  return { enum: countries.map(({ value }) => value), 'x-ms-enum-values': countries };
}

function listCultures(): readonly string[] {
  return [...new Set(locales.flatMap(({ cultures }) => cultures))].sort(compare);
}

/** The same order on every machine, whatever its language. */
function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
