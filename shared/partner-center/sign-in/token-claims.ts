import { SignInRefusal } from './sign-in-refusal.ts';

/** The claims of a JWT, unverified: Partner Center verifies the token; this check only fails earlier. Undefined if it cannot be read. */
export function decodeClaims(token: string): Readonly<Record<string, unknown>> | undefined {
  const [, payload, signature, ...rest] = token.split('.');
  if (!payload || signature === undefined || rest.length > 0) return undefined;
  try {
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as unknown;
    return typeof claims === 'object' && claims !== null && !Array.isArray(claims)
      ? (claims as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Throws `SignInRefusal` if an access token is for another service or, with a user, was issued without multi-factor authentication:
 * Partner Center would refuse it with 900420 or 900421 (Partner Center documentation, "Mandating multifactor authentication").
 */
export function checkAccessToken(token: string, expected: { scope: string; withUser: boolean }): void {
  const claims = decodeClaims(token);
  if (!claims) return;
  const resource = trimSlashes(resourceOf(expected.scope));
  const wrong = readTexts(claims['aud']).find((aud) => isUrl(aud) && trimSlashes(aud) !== resource);
  if (wrong !== undefined) {
    throw new SignInRefusal({
      kind: 'PartnerAuthenticationFailed',
      claim: 'aud',
      reason: 'The access token is for another service than Partner Center. Check PARTNER_CENTER_SCOPE.',
    });
  }
  if (expected.withUser && !readTexts(claims['amr']).includes('mfa')) {
    throw new SignInRefusal({
      kind: 'PartnerAuthenticationFailed',
      claim: 'amr',
      secret: 'partner-refresh-token',
      reason: 'The consent was given without multi-factor authentication. Run "npm run consent" again, with it.',
    });
  }
}

/** A scope consists of the resource, a slash, and `.default` or a permission. */
function resourceOf(scope: string): string {
  const cut = scope.lastIndexOf('/');
  return cut > scope.indexOf('://') + 2 ? scope.slice(0, cut) : scope;
}

/** An audience can also be the app ID of the service. Only a URL can be compared with the scope. */
function isUrl(audience: string): boolean {
  return audience.includes('://');
}

function trimSlashes(url: string): string {
  return url.toLowerCase().replace(/\/+$/, '');
}

function readTexts(claim: unknown): string[] {
  return [claim].flat().filter((value) => typeof value === 'string');
}
