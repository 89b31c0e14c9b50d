/** How Partner Center refused a create: codes and names of our own allow-lists, never its text. */
export interface RecordedRefusal {
  readonly status: number;
  readonly code?: string | undefined;
  /** The field of the payload that it is about. */
  readonly target?: string | undefined;
}

/** One create request with its own idempotency key; together with the caller's payload it gives the exact bytes of the request. */
export interface Attempt {
  readonly requestId: string;
  readonly fingerprint: string;
  /** The `MS-CorrelationId` of the create, the same on every repeat: proves ownership in the audit log. */
  readonly createCorrelationId: string;
  readonly country: string;
  readonly culture: string;
  readonly language: string;
  readonly enableGDAPByDefault: boolean;
  /** The state of the address as the country's rules spell it, never the caller's own text. */
  readonly state?: string | undefined;
  /** Milliseconds since the epoch when the attempt was put on record, right before its first create. */
  readonly sentAt: number;
  /** Counts the attempts of a domain, the first is 1: goes into the idempotency key. */
  readonly number: number;
  /** True where the only create ever sent for it was answered "the domain exists", and nothing went unanswered. */
  readonly endedTaken?: true;
  /** The last definite answer, where it was a refusal and nothing went unanswered since. */
  readonly refusal?: RecordedRefusal | undefined;
}

export interface Lease {
  readonly holder: string;
  readonly seconds: number;
}

/** Where the credentials of a customer are: versions of two secrets in one vault. */
export interface CredentialVersions {
  readonly vault: string;
  readonly userNameVersion: string;
  readonly passwordVersion: string;
}

export type RowState = 'Open' | 'Refused' | 'Resetting' | 'Succeeded';

/**
 * The record of a domain: one row, changed by compare-and-set only. Never a credential, never personal data. "In progress", "lost" and
 * "unknown" are no states: they follow from the state, the lease and the facts.
 */
export interface Row {
  readonly state: RowState;
  /** The oldest first, all of them: credentials may be stored under any. */
  readonly attempts: readonly Attempt[];
  /** Index of the attempt at work; once proven, of the one that made the tenant. */
  readonly current: number;
  /** True once the domain was found to be another organization's. */
  readonly taken?: true;
  readonly lease?: Lease;
  /** Milliseconds since the epoch when a create was last sent that may have taken effect unknown to its sender. */
  readonly unansweredAt?: number;
  readonly customerId?: string;
  readonly commerceId?: string;
  /** Sign-in name of the first administrator, where Partner Center named another than `admin@{domain}`. */
  readonly adminUserName?: string;
  /** When Succeeded. */
  readonly credentials?: CredentialVersions;
  /** What the last call that released the lease said; for people, no decision reads it. */
  readonly outcome?: string;
}

/** Whether somebody may be at work on the domain: nobody, the holder of a lease that still runs, or one whose lease has expired. */
export type LeaseState = 'none' | 'running' | 'expired';

/** The attempt at work. */
export function currentAttempt({ attempts, current }: Pick<Row, 'attempts' | 'current'>): Attempt | undefined {
  return attempts[current];
}
