import { OnboardingError } from '../../errors/onboarding-error.ts';
import { isTransient, UpstreamError } from '../../network/upstream-error.ts';
import { describeSecret, type PartnerSecret, type PartnerSecrets } from './partner-secret.ts';
import type { SignInCall } from './sign-in-call.ts';
import { secondsToWait, SignInRefusal, type Refusal } from './sign-in-refusal.ts';

/** Logs why a sign-in failed and returns the error for the caller. */
export function reportFailure(error: unknown, secrets: PartnerSecrets, call: SignInCall): OnboardingError {
  if (error instanceof OnboardingError) return error;
  if (error instanceof SignInRefusal) {
    const { code, reason, claim, kind } = error.refusal;
    const secret = findSecret(error.refusal.secret, secrets);
    call.log('error', 'PartnerAuthenticationFailed', {
      code,
      reason,
      claim,
      ...(secret ? describeSecret(secret) : {}),
    });
    return new OnboardingError(kind);
  }
  if (error instanceof UpstreamError) {
    const { upstream, status, code, reason: outcome } = error.failure;
    const lost = upstream === 'managed-identity' && !isTransient(error);
    const reason = lost
      ? 'The managed identity gave no token to sign in with. Check the identity of the app and AZURE_CLIENT_ID.'
      : 'The token endpoint did not answer as Entra does. Wait, or check PARTNER_AUTHORITY_URL.';
    call.log('error', 'PartnerAuthenticationFailed', { code, reason, upstream, status, outcome });
    if (lost) return new OnboardingError('ConfigurationError');
    return new OnboardingError('PartnerCenterError', { retryAfter: secondsToWait(error) });
  }
  call.log('error', 'PartnerAuthenticationFailed', { reason: 'Something unexpected failed while signing in.' });
  return new OnboardingError('InternalError');
}

function findSecret(which: Refusal['secret'], secrets: PartnerSecrets): PartnerSecret | undefined {
  if (which === 'credential') return secrets.credential;
  return [secrets.tenantId, secrets.clientId, secrets.refreshToken].find((secret) => secret?.name === which);
}
