import type { HttpRequest } from '@azure/functions';
import { OnboardingError } from '../errors/onboarding-error.ts';
import type { Log } from '../log/log.ts';
import type { Settings } from '../settings/settings.ts';

interface Principal {
  readonly claims: readonly { typ: string; val: string }[];
  readonly roleType: string | undefined;
}

/**
 * Enforces what the settings require of a caller ("Work with user identities in Azure App Service authentication"). While the platform's
 * authentication is off, anyone can forge the principal's header, so it is ignored then.
 */
export function authoriseCaller(
  { headers }: Pick<HttpRequest, 'headers'>,
  { callerAuthentication, requiredAppRole }: Pick<Settings, 'callerAuthentication' | 'requiredAppRole'>,
  log: Log,
): void {
  const platform = process.env['WEBSITE_AUTH_ENABLED']?.toLowerCase() === 'true';
  if (callerAuthentication === 'entra' && !platform) {
    log('error', 'ConfigurationError', {
      check: 'App Service Authentication',
      reason: 'CALLER_AUTHENTICATION is entra, but App Service Authentication is off',
    });
    throw new OnboardingError('ConfigurationError');
  }
  const principal = platform ? readPrincipal(headers.get('x-ms-client-principal')) : undefined;
  if (callerAuthentication === 'entra' && !principal) throw new OnboardingError('Unauthorized');
  if (requiredAppRole === undefined) return;
  const { claims = [], roleType } = principal ?? {};
  const held = claims.some(({ typ, val }) => (typ === 'roles' || typ === roleType) && val === requiredAppRole);
  if (!held) throw new OnboardingError('Forbidden');
}

function readPrincipal(header: string | null): Principal | undefined {
  if (!header || !/^[A-Za-z0-9+/_=-]+$/.test(header)) return undefined;
  try {
    const principal = JSON.parse(Buffer.from(header, 'base64').toString('utf8')) as Record<string, unknown> | null;
    if (typeof principal !== 'object' || principal === null) return undefined;
    const { claims, role_typ: roleType } = principal;
    return {
      claims: Array.isArray(claims) ? claims.filter(isClaim) : [],
      roleType: typeof roleType === 'string' && roleType !== '' ? roleType : undefined,
    };
  } catch {
    return undefined;
  }
}

function isClaim(claim: unknown): claim is { typ: string; val: string } {
  const { typ, val } = (claim ?? {}) as Record<string, unknown>;
  return typeof typ === 'string' && typeof val === 'string';
}
