import type { Deadline } from '../network/deadline.ts';
import { inSeconds } from '../network/retry-after.ts';
import { UpstreamError } from '../network/upstream-error.ts';

/** The default `Retry-After` in seconds: 5 % of the whole call, 10 s of 200. */
export function retrySoon(deadline: Deadline): number {
  return inSeconds(deadline.share(0.05));
}

/** The `Retry-After` in seconds after these failures: the longest wait that a service requested, otherwise the default. */
export function retryAsAsked(failures: readonly unknown[], deadline: Deadline): number {
  const asked = failures.flatMap((error) => (error instanceof UpstreamError ? (error.failure.retryAfter ?? []) : []));
  return asked.length > 0 ? inSeconds(Math.max(...asked)) : retrySoon(deadline);
}
