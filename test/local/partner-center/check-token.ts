import { readBearer, type TokenClaims } from '../wire/tokens.ts';
import type { Knobs } from './knobs.ts';
import { refuse, type Reply } from './reply.ts';

const invalidToken = { 'WWW-Authenticate': 'Bearer error="invalid_token"' };

/** The claims of a token that Partner Center accepts, or the 401 that it answers. */
export function checkToken(authorization: string | undefined, audience: string, knobs: Knobs): TokenClaims | Reply {
  if (!authorization) return { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } };
  const claims = readBearer(authorization);
  if (!claims || claims.exp * 1000 <= Date.now()) return { status: 401, headers: invalidToken };
  if (withoutSlash(claims.aud) !== withoutSlash(audience)) {
    return { ...refuse(401, 900420, 'The audience of the token is not accepted any more.'), headers: invalidToken };
  }
  if (isDelegated(claims) && !claims.amr?.includes('mfa')) {
    if (knobs.bareMfaAnswer) return { status: 401, headers: invalidToken };
    return { ...refuse(401, 900421, 'The token has no MFA claim.'), headers: invalidToken };
  }
  return claims;
}

/** Whether the token is delegated (App+User). */
export function isDelegated(claims: TokenClaims): boolean {
  return claims.idtyp !== 'app' && claims.scp !== undefined;
}

/** The refusal of an operation that accepts only App+User tokens. */
export function refuseAppOnly(): Reply {
  return refuse(403, 900329, 'The resource does not support app-only tokens.');
}

function withoutSlash(url: string): string {
  return url.replace(/\/$/, '');
}
