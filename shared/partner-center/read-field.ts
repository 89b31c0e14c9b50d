/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text at a path of an answer; undefined when anything on the way is missing or of another kind. */
export function field(value: unknown, ...path: readonly string[]): string | undefined {
  const found = path.reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), value);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** A list of objects at a name of an answer; empty when it is missing or of another kind. */
export function objects(value: unknown, name: string): Record<string, unknown>[] {
  const found = isObject(value) ? value[name] : undefined;
  return Array.isArray(found) ? found.filter(isObject) : [];
}

/** A list of texts at a name of an answer, or the one that stands there; empty when it is missing or of another kind. */
export function strings(value: unknown, name: string): string[] {
  const found = isObject(value) ? value[name] : undefined;
  return [found].flat().filter((item) => typeof item === 'string');
}

/** An identifier that is fit for a tag, a URL and an answer. */
export function identifier(value: unknown, ...path: readonly string[]): string | undefined {
  const text = field(value, ...path);
  return text !== undefined && /^[\w-]{1,100}$/.test(text) ? text : undefined;
}

/** An identifier of a customer or a user, as lists name them: only a GUID becomes part of a path. */
export function guid(value: unknown, ...path: readonly string[]): string | undefined {
  const text = field(value, ...path);
  return text !== undefined && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text) ? text : undefined;
}
