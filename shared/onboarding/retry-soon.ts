import type { Deadline } from '../network/deadline.ts';
import { inSeconds } from '../network/retry-after.ts';
import { UpstreamError } from '../network/upstream-error.ts';

/** Seconds after which a caller may well try again when nothing else says how long to wait: 5 % of the whole call, 10 s of 200. */
export function retrySoon(deadline: Deadline): number {
  return inSeconds(deadline.share(0.05));
}

/** Seconds after which a caller may try again after these failures: the longest wait that a service asked for, else soon. */
export function retryAsAsked(failures: readonly unknown[], deadline: Deadline): number {
  const asked = failures.flatMap((error) => (error instanceof UpstreamError ? (error.failure.retryAfter ?? []) : []));
  return asked.length > 0 ? inSeconds(Math.max(...asked)) : retrySoon(deadline);
}
