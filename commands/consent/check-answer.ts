import { timingSafeEqual } from 'node:crypto';
import type { PartnerSecrets } from '../../shared/partner-center/sign-in/partner-secret.ts';
import { findRefusal } from '../../shared/partner-center/sign-in/known-refusals.ts';
import { checkAccessToken, decodeClaims } from '../../shared/partner-center/sign-in/token-claims.ts';
import type { TokenAnswer } from '../../shared/partner-center/sign-in/token-endpoint.ts';
import { ConsentRefusal } from './consent-refusal.ts';

/** Whether a redirect belongs to the sign-in with this state. */
export function isOurs(query: URLSearchParams, state: string): boolean {
  return isSame(query.get('state') ?? '', state) && (query.has('code') || query.has('error'));
}

/** The authorization code of a redirect to this consent; throws `ConsentRefusal` if it is an error. */
export function readCode(query: URLSearchParams): string {
  const error = query.get('error');
  if (error !== null) {
    const aadsts = /\bAADSTS\d{4,9}\b/.exec(query.get('error_description') ?? '')?.[0];
    const { reason, code } = findRefusal(aadsts, /^[a-z_]{1,40}$/.exec(error)?.[0], 'consent');
    throw new ConsentRefusal(`The sign-in was refused (${code ?? 'no code'}). ${reason}`);
  }
  const code = query.get('code');
  if (!code) throw new ConsentRefusal('The answer holds no authorization code. Run the command again.');
  return code;
}

/**
 * The refresh token of an answer, once its nonce, app, tenant, audience and multi-factor authentication have been checked; throws
 * `ConsentRefusal` or, for the access token, `SignInRefusal`.
 */
export function readConsent(
  answer: TokenAnswer,
  expected: { nonce: string; scope: string; secrets: PartnerSecrets },
): { refreshToken: string; tenantId: string; account: string | undefined } {
  const { tenantId: tenant, clientId } = expected.secrets;
  const identity = decodeClaims(answer.idToken ?? '');
  if (typeof identity?.['aud'] !== 'string' || identity['aud'].toLowerCase() !== clientId.value.toLowerCase()) {
    throw new ConsentRefusal('The answer holds no identity token for this app. Check the app registration.');
  }
  if (typeof identity['nonce'] !== 'string' || !isSame(identity['nonce'], expected.nonce)) {
    throw new ConsentRefusal('The answer belongs to another sign-in (its nonce differs). Run the command again.');
  }
  const access = decodeClaims(answer.accessToken);
  if (!access) throw new ConsentRefusal('The access token cannot be read, so its claims cannot be checked.');
  for (const { tid } of [identity, access]) {
    // If the tenant is stored as a domain, the address of the sign-in has named it; tokens have only its id.
    const known = !tenant.value.includes('.');
    if (typeof tid !== 'string' || (known && tid.toLowerCase() !== tenant.value.toLowerCase())) {
      throw new ConsentRefusal('The person signed in to another tenant than the partner tenant (claim tid).');
    }
  }
  checkAccessToken(answer.accessToken, { scope: expected.scope, withUser: true });
  if (!answer.refreshToken) throw new ConsentRefusal('Entra gave no refresh token. Check the app registration.');
  return {
    refreshToken: answer.refreshToken,
    tenantId: String(identity['tid']),
    account: nameAccount(identity) ?? nameAccount(access),
  };
}

/** The account name, safe for a terminal; its claim depends on version and scope of the token. */
function nameAccount(claims: Readonly<Record<string, unknown>>): string | undefined {
  const named = ['preferred_username', 'upn', 'unique_name', 'email'].map((claim) => claims[claim]);
  const name = named.find((one) => typeof one === 'string' && one !== '');
  return typeof name === 'string' ? name.replaceAll(/[^\p{L}\p{N}@._+'-]/gu, '?').slice(0, 200) : undefined;
}

function isSame(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}
