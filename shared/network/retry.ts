import { sleep } from './clock.ts';
import type { Deadline } from './deadline.ts';
import { retryPolicies, type RepeatedOperation } from './retry-policies.ts';
import { isTransient, UpstreamError } from './upstream-error.ts';

export interface RetryOptions {
  readonly deadline: Deadline;
  /** Selects the entry in `retryPolicies`, which sets the number of attempts. */
  readonly operation: RepeatedOperation;
  /** Whether to retry after this failure; by default only after transient ones. */
  readonly mayRepeat?: (error: unknown) => boolean;
}

/**
 * Retries with capped exponential backoff and full jitter, or after the service's Retry-After if that is longer, as long as the wait ends
 * before the deadline. Otherwise rejects with the last failure.
 */
export async function retry<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { deadline, operation, mayRepeat = isTransient } = options;
  const { attempts } = retryPolicies[operation];
  for (let tried = 1; ; tried++) {
    try {
      return await attempt();
    } catch (error) {
      const wait = waitBefore(tried, error, deadline);
      if (tried >= attempts || !mayRepeat(error) || wait >= deadline.remaining()) throw error;
      await sleep(wait);
    }
  }
}

/** Milliseconds before attempt `tried + 1`: the service's Retry-After, but at least the backoff, because many services ask for no wait. */
function waitBefore(tried: number, error: unknown, deadline: Deadline): number {
  const asked = error instanceof UpstreamError ? error.failure.retryAfter : undefined;
  return Math.max(asked ?? 0, backoff(tried, deadline));
}

/** Full jitter, in milliseconds: a random part of 0.5 % of the total budget, doubled with each attempt, at most 5 %. */
export function backoff(tried: number, deadline: Deadline): number {
  return Math.random() * Math.min(deadline.share(0.05), deadline.share(0.0025) * 2 ** tried);
}
