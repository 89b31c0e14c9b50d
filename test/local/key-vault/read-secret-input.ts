import type { WireAnswer } from '../wire/wire.ts';
import type { SecretInput } from './secret-store.ts';
import { badParameter } from './vault-answers.ts';

const MAX_VALUE_BYTES = 25 * 1024;
const MAX_CONTENT_TYPE = 255;
const MAX_TAGS = 15;
/** Key Vault now accepts 512 and accepted 256 for years: the emulator enforces the smaller limit. */
const MAX_TAG = 256;

type Parsed = { readonly input: Partial<SecretInput> } | { readonly refusal: WireAnswer };

/** The body of a set or an update, or Key Vault's 400 for it. Limits: Key Vault, "About secrets" and "service limits". */
export function readSecretInput(text: string): Parsed {
  if (text === '') return { refusal: badParameter('Request body not specified.') };
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return { refusal: badParameter('The request body is not valid JSON.') };
  }
  if (!isObject(body)) return { refusal: badParameter('The request body is not an object.') };
  const { value, contentType, tags, attributes = {} } = body;
  const fault =
    faultOfValue(value) ?? faultOfContentType(contentType) ?? faultOfTags(tags) ?? faultOfAttributes(attributes);
  if (fault) return { refusal: badParameter(fault) };
  const { enabled, exp, nbf } = attributes as { enabled?: boolean; exp?: number; nbf?: number };
  const given = Object.entries({ value, contentType, tags, enabled, exp, nbf });
  return { input: Object.fromEntries(given.filter(([, part]) => part !== undefined && part !== null)) };
}

function faultOfValue(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string') return 'Property value has invalid value';
  if (Buffer.byteLength(value) > MAX_VALUE_BYTES) return `Secret value exceeds ${MAX_VALUE_BYTES} bytes.`;
  return undefined;
}

function faultOfContentType(contentType: unknown): string | undefined {
  if (contentType === undefined || contentType === null) return undefined;
  const fits = typeof contentType === 'string' && contentType.length <= MAX_CONTENT_TYPE;
  return fits ? undefined : `Property contentType must be a string of at most ${MAX_CONTENT_TYPE} characters.`;
}

function faultOfTags(tags: unknown): string | undefined {
  if (tags === undefined || tags === null) return undefined;
  if (!isObject(tags)) return 'Property tags has invalid value';
  const entries = Object.entries(tags);
  if (entries.length > MAX_TAGS) return `A secret has at most ${MAX_TAGS} tags.`;
  const fits = ([name, value]: [string, unknown]): boolean =>
    name.length <= MAX_TAG && typeof value === 'string' && value.length <= MAX_TAG;
  return entries.every(fits) ? undefined : `Tag names and values have at most ${MAX_TAG} characters.`;
}

function faultOfAttributes(attributes: unknown): string | undefined {
  if (!isObject(attributes)) return 'Property attributes has invalid value';
  const { enabled, exp, nbf } = attributes;
  if (enabled !== undefined && enabled !== null && typeof enabled !== 'boolean')
    return 'Property enabled is not a boolean';
  const wrong = [exp, nbf].some((time) => time !== undefined && time !== null && !Number.isInteger(time));
  if (wrong) return 'Times are whole seconds since 1970.';
  if (typeof exp === 'number' && typeof nbf === 'number' && exp <= nbf) return 'exp must be later than nbf.';
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
