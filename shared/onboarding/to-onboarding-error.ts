import { OnboardingError } from '../errors/onboarding-error.ts';
import type { Log } from '../log/log.ts';
import type { Deadline } from '../network/deadline.ts';
import { UpstreamError } from '../network/upstream-error.ts';
import { inSeconds } from '../network/retry-after.ts';
import { retrySoon } from './retry-soon.ts';

/** Converts a failure into the caller's error; an unexpected one becomes `InternalError`, with the kind of error in the log. */
export function toOnboardingError(
  error: unknown,
  { deadline, log }: { deadline: Deadline; log: Log },
): OnboardingError {
  if (error instanceof OnboardingError) return error;
  if (!(error instanceof UpstreamError)) {
    log('error', 'InternalError', { reason: error instanceof Error ? error.name : typeof error });
    return new OnboardingError('InternalError');
  }
  const { upstream, operation, status, code, retryAfter: asked } = error.failure;
  const retryAfter = asked === undefined ? retrySoon(deadline) : inSeconds(asked);
  if (upstream === 'managed-identity' && status !== undefined && status < 500 && status !== 429) {
    const reason = 'The managed identity returned no token. Check the identity of the app and AZURE_CLIENT_ID.';
    log('error', 'ConfigurationError', { check: 'managed identity', status, reason });
    return new OnboardingError('ConfigurationError');
  }
  if (upstream === 'table-storage') return new OnboardingError('RecordUnavailable', { retryAfter });
  if (upstream === 'key-vault' || upstream === 'managed-identity')
    return new OnboardingError('VaultUnavailable', { retryAfter });
  if (status === 429) return new OnboardingError('Throttled', { retryAfter });
  log('warn', 'PartnerCenterError', { operation, status, code, reason: error.failure.reason });
  return new OnboardingError('PartnerCenterError', { retryAfter });
}
