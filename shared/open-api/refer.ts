/** JSON for the documents. */
export type Json = string | number | boolean | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = { readonly [name: string]: Json };

/** A schema for a document: every part (except the root) that is one of the named schemas becomes a reference with this prefix. */
export function refer(schema: object, named: Readonly<Record<string, object>>, prefix: string): JsonObject {
  const names = new Map(Object.entries(named).map(([name, part]) => [part, name]));
  const walk = (part: unknown): unknown => {
    if (typeof part !== 'object' || part === null) return part;
    const name = part === schema ? undefined : names.get(part);
    if (name !== undefined) return { $ref: `${prefix}${name}` };
    if (Array.isArray(part)) return part.map((item) => walk(item));
    return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, walk(value)]));
  };
  return walk(schema) as JsonObject;
}
