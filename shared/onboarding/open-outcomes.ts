import { OnboardingError } from '../errors/onboarding-error.ts';
import { inSeconds } from '../network/retry-after.ts';
import { retrySoon } from './retry-soon.ts';
import type { DomainRun } from './run.ts';

/** Somebody is at work: come back when the lease is over, of which `left` milliseconds are left. */
export function inProgress(run: DomainRun, left: number): OnboardingError {
  return new OnboardingError('OnboardingInProgress', {
    retryAfter: left > 0 ? inSeconds(left) : retrySoon(run.deadline),
  });
}

/** The truth is not known yet. Writes the error line that an alert finds. */
export function outcomeUnknown(
  run: DomainRun,
  why: string,
  { pause, ...facts }: { requestId?: string; customerId?: string | undefined; pause?: number | undefined } = {},
): OnboardingError {
  run.log('error', 'OutcomeUnknown', { why, ...facts });
  // Repeating is safe at once, but seldom answers at once, and not before a pause that Partner Center asked for.
  return new OnboardingError('OutcomeUnknown', {
    retryAfter: inSeconds(pause ?? run.deadline.share(0.15)),
    customerId: facts.customerId,
  });
}

/** The record cannot be read whole, and that matters: nothing was created by this call. */
export function notWhole({ deadline }: Pick<DomainRun, 'deadline'>): OnboardingError {
  return new OnboardingError('VaultUnavailable', { retryAfter: retrySoon(deadline) });
}

/** The customer of this domain is ours, and was made of another payload. */
export function alreadyOnboarded(customerId: string): OnboardingError {
  return new OnboardingError('AlreadyOnboarded', { target: 'domain', customerId });
}

/** Created, but no vault took the credentials. Writes the error line that an alert finds. */
export function credentialsNotStored(run: DomainRun, customerId: string, requestId: string): OnboardingError {
  run.log('error', 'CredentialsNotStored', { customerId, requestId });
  return new OnboardingError('CredentialsNotStored', { customerId, retryAfter: retrySoon(run.deadline) });
}

/** Why a password cannot be had again, and what a person can do about it. */
export type LossReason = 'app-only' | 'no-gdap' | 'no-reset-in-cloud' | 'gdap-roles-missing' | 'recorded';

const remedies: Readonly<Record<LossReason, string>> = {
  'app-only':
    'Set up App+User sign-in (PARTNER_AUTH_FLOW app+user) and send the request again: the password is then reset. Or ask Microsoft support to restore the administrator of this tenant.',
  'no-gdap':
    'The customer was created without GDAP, so nobody but Microsoft support can restore the administrator of this tenant.',
  'no-reset-in-cloud':
    'This cloud does not let partners reset passwords: ask its support to restore the administrator of this tenant.',
  'gdap-roles-missing':
    'Assign the GDAP role Privileged Authentication Administrator for this customer to a security group of the integration account, then send the request again: the password is then reset.',
  recorded:
    'Ask Microsoft support to restore the administrator of this tenant, or set up App+User sign-in with GDAP and send the request again.',
};

/** The password cannot be had again. Writes the error line that an alert finds. */
export function credentialsLost(run: DomainRun, customerId: string | undefined, reason: LossReason): OnboardingError {
  run.log('error', 'CredentialsLost', { customerId, reason });
  const message = remedies[reason];
  return new OnboardingError('CredentialsLost', {
    customerId,
    message: `The customer was created, but the first password of its administrator is lost. ${message}`,
    details: [{ code: 'Remedy', target: 'password', message }],
  });
}
