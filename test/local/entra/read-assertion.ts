import { EntraRefusal } from './entra-refusal.ts';

/** A JWT taken apart, nothing of it believed yet. */
export interface Assertion {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  /** The two parts over which the signature was made. */
  readonly signed: string;
  readonly signature: Buffer;
}

/** Takes a client assertion apart; AADSTS50027 when it is no JWT. */
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
