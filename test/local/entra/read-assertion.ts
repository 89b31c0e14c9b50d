import { EntraRefusal } from './entra-refusal.ts';

/** A parsed JWT, not yet verified. */
export interface Assertion {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  /** The signed part: header and payload. */
  readonly signed: string;
  readonly signature: Buffer;
}

/** Parses a client assertion; AADSTS50027 if it is not a JWT. */
export function readAssertion(text: string): Assertion {
  const [header = '', claims = '', signature = '', ...rest] = text.split('.');
  if (signature === '' || rest.length > 0) throw new EntraRefusal(50027);
  return {
    header: decodePart(header),
    claims: decodePart(claims),
    signed: `${header}.${claims}`,
    signature: Buffer.from(signature, 'base64url'),
  };
}

function decodePart(part: string): Record<string, unknown> {
  if (!/^[\w-]+$/.test(part)) throw new EntraRefusal(50027);
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    throw new EntraRefusal(50027);
  }
  if (typeof value !== 'object' || value === null) throw new EntraRefusal(50027);
  return value as Record<string, unknown>;
}
