/** How Partner Center refused a create: codes and field names from our own allow-lists, never its text. */
export interface RecordedRefusal {
  readonly status: number;
  readonly code?: string | undefined;
  /** The payload field that it concerns. */
  readonly target?: string | undefined;
}

/** One create request with its own idempotency key. Attempt and payload together determine the exact bytes of the request. */
export interface Attempt {
  readonly requestId: string;
  readonly fingerprint: string;
  /** The `MS-CorrelationId` of the create, the same on every repeat; it proves ownership in the audit log. */
  readonly createCorrelationId: string;
  readonly country: string;
  readonly culture: string;
  readonly language: string;
  readonly enableGDAPByDefault: boolean;
  /** The state of the address as the country's rules spell it, never the caller's text. */
  readonly state?: string | undefined;
  /** Milliseconds since the epoch when the attempt was recorded, right before its first create. */
  readonly sentAt: number;
  /** Number of the attempt within its domain, starting at 1; part of the idempotency key. */
  readonly number: number;
  /** True if the only create of this attempt got the response "the domain exists" and no request was unanswered. */
  readonly endedTaken?: true;
  /** The last definite response, if it was a refusal and no request has been unanswered since. */
  readonly refusal?: RecordedRefusal | undefined;
}

export interface Lease {
  readonly holder: string;
  readonly seconds: number;
}

/** The location of a customer's credentials: versions of two secrets in one vault. */
export interface CredentialVersions {
  readonly vault: string;
  readonly userNameVersion: string;
  readonly passwordVersion: string;
}

export type RowState = 'Open' | 'Refused' | 'Resetting' | 'Succeeded';

/**
 * The record of a domain: one row, changed by compare-and-set only. It contains no credential and no personal data. "In progress", "lost"
 * and "unknown" are not states: they follow from the state, the lease and the facts.
 */
export interface Row {
  readonly state: RowState;
  /** All attempts, oldest first: credentials may be stored under any of them. */
  readonly attempts: readonly Attempt[];
  /** Index of the current attempt; once confirmed, of the attempt that created the tenant. */
  readonly current: number;
  /** True once the domain is known to belong to another organization. */
  readonly taken?: true;
  readonly lease?: Lease;
  /** Milliseconds since the epoch of the last unanswered create: it may have taken effect. */
  readonly unansweredAt?: number;
  readonly customerId?: string;
  readonly commerceId?: string;
  /** Sign-in name of the first administrator if Partner Center named another than `admin@{domain}`. */
  readonly adminUserName?: string;
  /** Present if Succeeded. */
  readonly credentials?: CredentialVersions;
  /** Outcome of the last call that released the lease; for people, not for decisions. */
  readonly outcome?: string;
}

/** The lease of the domain: none, still running, or expired without a release. */
export type LeaseState = 'none' | 'running' | 'expired';

/** The current attempt. */
export function currentAttempt({ attempts, current }: Pick<Row, 'attempts' | 'current'>): Attempt | undefined {
  return attempts[current];
}
