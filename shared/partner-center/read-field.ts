/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The non-empty string at this path; undefined if part of the path is missing or the value has another type. */
export function field(value: unknown, ...path: readonly string[]): string | undefined {
  const found = path.reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), value);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** The objects in the array of this name; empty if it is missing or no array. */
export function objects(value: unknown, name: string): Record<string, unknown>[] {
  const found = isObject(value) ? value[name] : undefined;
  return Array.isArray(found) ? found.filter(isObject) : [];
}

/** The strings in the array of this name, or the single string of this name; empty if there are none. */
export function strings(value: unknown, name: string): string[] {
  const found = isObject(value) ? value[name] : undefined;
  return [found].flat().filter((item) => typeof item === 'string');
}

/** An identifier that is safe in a tag, a URL and a response. */
export function identifier(value: unknown, ...path: readonly string[]): string | undefined {
  const text = field(value, ...path);
  return text !== undefined && /^[\w-]{1,100}$/.test(text) ? text : undefined;
}

/** The ID of a customer or a user from a list. Only a GUID may become part of a URL path. */
export function guid(value: unknown, ...path: readonly string[]): string | undefined {
  const text = field(value, ...path);
  return text !== undefined && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text) ? text : undefined;
}
