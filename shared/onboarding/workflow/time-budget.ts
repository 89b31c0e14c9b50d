import type { Deadline } from '../../network/deadline.ts';

/** Every share of a call's time, as a fraction of the whole, with its reason. Milliseconds are for a call of 200 s. */
export const shares = {
  /** Reserve for storing credentials, kept back from everything before it: 30 s. */
  store: 0.15,
  /** Reserve of a create that is repeated for the look-up that may follow: 40 s. */
  reconcile: 0.2,
  /** One call of the record store with its repeats: 50 s. */
  record: 0.25,
  /** The user name, before anything irreversible: a vault that takes writes is found in 60 s, or none. */
  userName: 0.3,
  /** Listing secrets in all vaults: 40 s. */
  look: 0.2,
  /** Checks side by side: a check that hangs must leave time for the rest of the call: 80 s. */
  checks: 0.4,
  /** Waiting for the same payload on another instance: 80 s, below the 120 s of a Power Automate action. */
  waitSame: 0.4,
  /** Between two reads of the row by who waits: 1 s. */
  poll: 0.005,
  /** The request that sets a new password: 40 s, and never more than half of what is left of the lease. */
  reset: 0.2,
  /** Between two attempts of a refused payload: 2 s. */
  attempts: 0.01,
  /** Between two rounds of offering held credentials, at first: 4 s. */
  offer: 0.02,
  /** What a conflict or an outage waits for the findings of the checks, which are told with it: 20 s. */
  findings: 0.1,
} as const;

/** Seconds of the lease under which a password is reset: long enough for the request to arrive or die. */
export const resetLeaseSeconds = 300;

/** A reset needs this much of its lease, in milliseconds, or it could arrive after the lease. */
export const resetReserve = 60_000;

/** Creates that may be sent by one call when the earlier ones were not answered. */
export const mostCreates = 4;

/** Milliseconds after which the lists of Partner Center show every customer. */
export const day = 24 * 60 * 60_000;

/** A part of the call, in the scale of the whole. */
export function part(deadline: Deadline, share: keyof typeof shares): Deadline {
  return deadline.within(deadline.share(shares[share]));
}
