import type { WireRequest } from '../wire/wire.ts';
import { refuse, type Reply } from './reply.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

const names =
  'enableGDAPByDefault associatedPartnerId companyProfile billingProfile userCredentials userName domain email culture ' +
  'organizationRegistrationNumber companyName language defaultAddress region firstName lastName middleName city state ' +
  'addressLine1 addressLine2 addressLine3 district postalCode country phoneNumber passwordProfile password ' +
  'forceChangePassword attributes objectType';
const spelling = new Map(names.split(' ').map((name) => [name.toLowerCase(), name]));

/** The JSON object of a request, known names in camelCase whatever their case was, or the refusal of another body. */
export function readBody(request: WireRequest): { readonly body: JsonObject } | Reply {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    return refuse(415, 2000, 'The Content-Type is not supported; send application/json.');
  }
  try {
    const body = foldNames(JSON.parse(request.body));
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { body: body as JsonObject };
  } catch {
    // Refused below, as any other body that is not an object.
  }
  return refuse(400, 2000, 'The request body is not a valid JSON object.');
}

/** The value at a path of names, for example `billingProfile.defaultAddress`; null counts as absent. */
export function valueAt(body: JsonObject, path: string): unknown {
  let value: unknown = body;
  for (const name of path.split('.')) value = (value as JsonObject | null | undefined)?.[name];
  return value ?? undefined;
}

/** The text at a path, trimmed; absent if it is empty or not a text. */
export function textAt(body: JsonObject, path: string): string | undefined {
  const value = valueAt(body, path);
  return (typeof value === 'string' && value.trim()) || undefined;
}

function foldNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(foldNames);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [spelling.get(name.toLowerCase()) ?? name, foldNames(inner)]),
  );
}
