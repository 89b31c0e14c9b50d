import { elapsedSince, now, type Moment } from '../network/clock.ts';
import type { PartnerCenter } from './request.ts';

/** Partner Center's limits are per minute ("Throttling guidance"). */
const minute = 60_000;
const throttled = new WeakMap<PartnerCenter, Moment>();

/** Records that Partner Center has just throttled a request. */
export function noteThrottle(partner: PartnerCenter): void {
  throttled.set(partner, now());
}

/** Whether Partner Center throttled a request within the last minute. If so, requests that may turn out unnecessary are not sent. */
export function isThrottled(partner: PartnerCenter): boolean {
  const at = throttled.get(partner);
  return at !== undefined && elapsedSince(at) < minute;
}
