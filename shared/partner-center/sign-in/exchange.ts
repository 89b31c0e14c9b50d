import { beforeDeadline } from '../../network/deadline.ts';
import { retry } from '../../network/retry.ts';
import { isTransient, UpstreamError } from '../../network/upstream-error.ts';
import type { Settings } from '../../settings/settings.ts';
import { proveClient, type CredentialOptions } from './client-credential.ts';
import type { PartnerSecrets } from './partner-secret.ts';
import type { SignInCall } from './sign-in-call.ts';
import { SignInRefusal } from './sign-in-refusal.ts';
import { checkAccessToken } from './token-claims.ts';
import { requestToken, tokenEndpoint, type TokenAnswer, type TokenForm } from './token-endpoint.ts';

export interface ExchangeOptions extends CredentialOptions {
  readonly settings: Settings;
}

/**
 * Gets an access token with these secrets, by the client credentials grant or, with a user, by the refresh token grant, and checks its
 * claims. Rejects with `SignInRefusal` if the sign-in is refused, or with `UpstreamError` if Entra is unavailable.
 */
export async function exchange(
  secrets: PartnerSecrets,
  options: ExchangeOptions,
  call: SignInCall,
): Promise<TokenAnswer> {
  const scope = options.settings.partnerCenterScope;
  const { refreshToken } = secrets;
  const grant: TokenForm = refreshToken
    ? { grant_type: 'refresh_token', refresh_token: refreshToken.value, scope: `${scope} offline_access` }
    : { grant_type: 'client_credentials', scope };
  const answer = await postGrant(grant, secrets, options, call);
  checkAccessToken(answer.accessToken, { scope, withUser: refreshToken !== undefined });
  return answer;
}

/**
 * Posts a grant with the client credential to the token endpoint of the partner tenant. Retries during an outage until the deadline, and
 * while a new federated credential propagates. If Entra refuses a cached token of the managed identity, a new one is fetched once.
 */
export function postGrant(
  grant: TokenForm,
  secrets: PartnerSecrets,
  options: CredentialOptions,
  call: SignInCall,
): Promise<TokenAnswer> {
  const { deadline, log } = call;
  const url = tokenEndpoint(options.settings.authorityUrl, secrets.tenantId.value);
  const isIdentity = options.settings.partnerClientCredential === 'managed-identity';
  let refusals = 0;
  const attempt = async (): Promise<TokenAnswer> => {
    const short = deadline.within(deadline.share(0.15));
    const proof = await beforeDeadline(short, { upstream: 'managed-identity', operation: 'getToken' }, () =>
      proveClient(secrets, options),
    );
    const form = { ...grant, client_id: secrets.clientId.value, ...proof };
    return requestToken(url, form, { deadline: short, log }).catch((error: unknown) => {
      if (isIdentity && isAboutProof(error)) refusals += 1;
      if (refusals === 1) options.identity.dropToken?.(proof['client_assertion'] ?? '');
      throw error;
    });
  };
  const tellWait = (error: unknown): never => {
    if (error instanceof UpstreamError && error.failure.retryAfter) call.onWait?.(error.failure.retryAfter);
    throw error;
  };
  const mayRepeat = (error: unknown) =>
    isTransient(error) || (error instanceof SignInRefusal && (error.refusal.passing === true || refusals === 1));
  return retry(() => attempt().catch(tellWait), { deadline, operation: 'getToken', mayRepeat });
}

function isAboutProof(error: unknown): boolean {
  return error instanceof SignInRefusal && (error.refusal.secret === 'credential' || error.refusal.passing === true);
}
