import { elapsedSince, now, type Moment } from '../network/clock.ts';
import type { PartnerCenter } from './request.ts';

/** Partner Center counts by the minute ("Throttling guidance"). */
const minute = 60_000;
const throttled = new WeakMap<PartnerCenter, Moment>();

/** Remembers that Partner Center has just turned a request away because there were too many. */
export function noteThrottle(partner: PartnerCenter): void {
  throttled.set(partner, now());
}

/** Whether that happened within the last minute: then requests that may turn out superfluous are better not sent. */
export function isThrottled(partner: PartnerCenter): boolean {
  const at = throttled.get(partner);
  return at !== undefined && elapsedSince(at) < minute;
}
