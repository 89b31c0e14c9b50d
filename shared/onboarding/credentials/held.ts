import { elapsedSince, type Moment } from '../../network/clock.ts';
import type { Created, Onboarded } from '../onboarded.ts';
import type { Credentials } from './store-credentials.ts';

/** The only copy of a new administrator's credentials, in the memory of the instance that received it. */
export interface Held {
  readonly created: Created;
  readonly credentials: Credentials;
  /** Since when the lease runs under which this instance may store without looking. */
  leaseSince: Moment;
  readonly leaseSeconds: number;
  saving?: Promise<Onboarded | undefined> | undefined;
}

/** Milliseconds of a copy's lease that are left, negative when it is over. */
export function leaseLeft({ leaseSince, leaseSeconds }: Held): number {
  return leaseSeconds * 1000 - elapsedSince(leaseSince);
}
