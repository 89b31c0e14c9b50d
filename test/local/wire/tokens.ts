import { createHmac, randomUUID } from 'node:crypto';

/** The claims of the emulators' access tokens, named as in Microsoft's access token claims reference. Times are whole seconds since the epoch. */
export interface TokenClaims {
  /** The resource that the token is for, for example `https://vault.azure.net`. */
  readonly aud: string;
  /** The tenant. */
  readonly tid: string;
  /** The client id of the app, or of the managed identity. */
  readonly appid: string;
  readonly exp: number;
  readonly iat?: number;
  readonly nbf?: number;
  readonly iss?: string;
  readonly sub?: string;
  /** The object id of the service principal or user. */
  readonly oid?: string;
  /** `app` on an app-only token, absent on a delegated one. */
  readonly idtyp?: 'app';
  /** `user_impersonation` on a delegated token, absent on an app-only one. */
  readonly scp?: string;
  /** The sign-in name of the person, delegated tokens only. */
  readonly upn?: string;
  /** How the person signed in, delegated tokens only: `['pwd', 'mfa']`. */
  readonly amr?: readonly string[];
  readonly ver?: string;
  /** Id tokens only: the value of the authorize request. */
  readonly nonce?: string;
  /** Makes two tokens of the same second differ. */
  readonly uti?: string;
}

/** The tenant of the Azure subscription in which the emulated vaults and the managed identity live. */
export const EMULATED_TENANT_ID = '0f4b7e2c-5a55-4a3e-9d0b-6c1f8f6b2a10';

/** For the emulators only, on loopback: public, worthless anywhere else, and fixed so that emulators in several processes agree. */
const EMULATOR_SIGNING_KEY = 'emulators-only-public-signing-key';

/** A signed JWT of the emulators (HS256), always unique. */
export function mintToken(claims: TokenClaims): string {
  const head = encode({ typ: 'JWT', alg: 'HS256', kid: 'emulator' });
  const signed = `${head}.${encode({ ver: '1.0', uti: randomUUID(), ...claims })}`;
  return `${signed}.${sign(signed)}`;
}

/** The claims of a token of the emulators; undefined if its format or signature is wrong. Expiry is not checked. */
export function readToken(token: string): TokenClaims | undefined {
  const [head, payload, signature, ...rest] = token.split('.');
  if (!head || !payload || rest.length > 0 || signature !== sign(`${head}.${payload}`)) return undefined;
  try {
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Partial<TokenClaims> | null;
    const { aud, tid, appid, exp } = claims ?? {};
    const whole = [aud, tid, appid].every((claim) => typeof claim === 'string') && typeof exp === 'number';
    return whole ? (claims as TokenClaims) : undefined;
  } catch {
    return undefined;
  }
}

/** The token of an `Authorization: Bearer` header, read as `readToken` does. */
export function readBearer(authorization: string | undefined): TokenClaims | undefined {
  const token = /^Bearer ([^\s]+)$/i.exec(authorization ?? '')?.[1];
  return token ? readToken(token) : undefined;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

function sign(text: string): string {
  return createHmac('sha256', EMULATOR_SIGNING_KEY).update(text).digest('base64url');
}
