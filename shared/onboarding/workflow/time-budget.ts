import type { Deadline } from '../../network/deadline.ts';

/** Every share of a call's time, as a fraction of the whole, with its reason. Milliseconds are for a call of 200 s. */
export const shares = {
  /** Waiting for a place on this instance: 50 s, after which the 120 s of a Power Automate action still hold an onboarding. */
  queue: 0.25,
  /** Reserve for storing credentials, unavailable to everything before it: 30 s. */
  store: 0.15,
  /** Reserve of a repeated create for the reconciliation that may follow: 40 s. */
  reconcile: 0.2,
  /** One call to the record store with its retries: 50 s. */
  record: 0.25,
  /** The user name, before anything irreversible: 60 s to find a vault that accepts writes. */
  userName: 0.3,
  /** Listing secrets in all vaults: 40 s. */
  look: 0.2,
  /** Parallel checks; a slow check must leave time for the rest of the call: 80 s. */
  checks: 0.4,
  /** Waiting for the same payload on another instance: 80 s, below the 120 s of a Power Automate action. */
  waitSame: 0.4,
  /** Interval at which a waiting call reads the row: 1 s. */
  poll: 0.005,
  /** The request that sets a new password: 40 s, and at most half of the remaining lease. */
  reset: 0.2,
  /** Minimum interval between two attempts of a refused payload: 2 s. */
  attempts: 0.01,
  /** First interval at which held credentials are offered: 4 s. */
  offer: 0.02,
  /** How long a conflict or an outage waits for the findings of the checks, to report them together: 20 s. */
  findings: 0.1,
} as const;

/** Lease in seconds under which a password is reset: long enough for the request to arrive or time out. */
export const resetLeaseSeconds = 300;

/** Milliseconds of its lease that a reset needs, so that it cannot arrive after the lease expired. */
export const resetReserve = 60_000;

/** Milliseconds after which the lists of Partner Center show every customer. */
export const day = 24 * 60 * 60_000;

/** A deadline for a share of the call. */
export function part(deadline: Deadline, share: keyof typeof shares): Deadline {
  return deadline.within(deadline.share(shares[share]));
}
