import { sleep } from './clock.ts';
import type { Deadline } from './deadline.ts';
import { retryPolicies, type RepeatedOperation } from './retry-policies.ts';
import { isTransient, UpstreamError } from './upstream-error.ts';

export interface RetryOptions {
  readonly deadline: Deadline;
  /** Its row in the table says how many attempts it has. */
  readonly operation: RepeatedOperation;
  /** Whether this failure may be repeated; by default transient failures only. */
  readonly mayRepeat?: (error: unknown) => boolean;
}

/**
 * Repeats what is safe to repeat: capped exponential backoff with full jitter, or the service's own Retry-After where that is longer, as long as
 * the wait ends before the deadline. Rejects with the last failure otherwise.
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

/** Milliseconds before attempt `tried + 1`: what the service asked for, and never less than the backoff: many ask for no wait at all. */
function waitBefore(tried: number, error: unknown, deadline: Deadline): number {
  const asked = error instanceof UpstreamError ? error.failure.retryAfter : undefined;
  return Math.max(asked ?? 0, backoff(tried, deadline));
}

/** Full jitter: any part of 0.5 % of the whole call, doubled with every attempt, at most 5 % of it; in milliseconds. */
export function backoff(tried: number, deadline: Deadline): number {
  return Math.random() * Math.min(deadline.share(0.05), deadline.share(0.0025) * 2 ** tried);
}
