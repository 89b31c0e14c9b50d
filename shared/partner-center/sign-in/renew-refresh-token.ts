import { OnboardingError } from '../../errors/onboarding-error.ts';
import type { Log, LogFields } from '../../log/log.ts';
import { UpstreamError } from '../../network/upstream-error.ts';
import type { ExchangeOptions } from './exchange.ts';
import type { PartnerSecretCache } from './partner-secret-cache.ts';
import type { RefreshTokenKeeper } from './refresh-token-keeper.ts';
import { secondsToWait } from './sign-in-refusal.ts';
import type { SignInCall } from './sign-in-call.ts';
import { signInOnce } from './sign-in-once.ts';

/**
 * Exchanges the refresh token in the vault for a new one and stores it, which restarts its 90 days. A failure is logged as the error
 * `RefreshTokenRenewalFailed`, with the fields of the step that failed, and rejects with `OnboardingError`.
 */
export async function renewStoredToken(
  parts: { cache: PartnerSecretCache; keeper: RefreshTokenKeeper; options: ExchangeOptions },
  call: SignInCall,
): Promise<void> {
  let last: LogFields = {};
  const log: Log = (level, event, fields = {}) => {
    if (level === 'error') last = fields;
    call.log(level, event, fields);
  };
  const own: SignInCall = { deadline: call.deadline, log };
  try {
    await parts.cache.readAgain(own);
    const renewed = await parts.keeper.store(await signInOnce(parts.cache, parts.options, own), own);
    if (!renewed) {
      last = { reason: 'Entra answered no new refresh token; the one in the vault keeps its age.' };
      throw new OnboardingError('PartnerCenterError');
    }
  } catch (error) {
    call.log('error', 'RefreshTokenRenewalFailed', last);
    if (error instanceof UpstreamError) {
      throw new OnboardingError('VaultUnavailable', { retryAfter: secondsToWait(error) });
    }
    throw error;
  }
}
