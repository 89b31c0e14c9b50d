import type { CredentialVersions, LeaseState, Row } from '../../record/row.ts';

/**
 * What a call knows of its onboarding: plain data without promises, clocks or credentials. A password never enters it: the create hands it
 * to the held credentials and answers `password`.
 */
export interface Knowledge {
  /** The caller's payload. */
  readonly fingerprint: string;
  /** As last read or written by this call. */
  readonly row?: Row | undefined;
  /** Index of the attempt that this call works on. */
  readonly current?: number;
  /** There was no row, and the probe found the domain taken. */
  readonly probed?: boolean;
  /** Every earlier create of this row got the response "the domain exists" at once. */
  readonly onlyCreate?: boolean;
  /** This call has sent a create or a reset, so it must not report "nothing was created". */
  readonly sent?: boolean;
  /** Number of unanswered creates of this attempt within this call. */
  readonly unanswered?: number;
  /** Partner Center refused the create. */
  readonly refused?: boolean;
  /** A create of this domain was refused, the domain exists now, and it is not known to be ours. */
  readonly burnt?: boolean;
  /** Whether the held credentials are from a create or from a reset. */
  readonly holds?: 'created' | 'reset';
  /** The idempotency key that the held credentials belong to. */
  readonly heldFor?: string;
  /** Where credentials were found or stored. */
  readonly stored?: Stored;
  /** Whether the lease certainly held when they were stored. */
  readonly storedUnderLease?: boolean;
  /** An earlier call started the reset: its password may have been set. */
  readonly resumedReset?: boolean;
  /** The outcome of the call once the lease is released. */
  readonly ending?: OutcomeCode;
  readonly customerId?: string;
  readonly commerceId?: string;
  /** Where Partner Center named another than the usual one. */
  readonly adminUserName?: string;
}

/** A stored password, and the user name if it is known to be in the same vault. */
export type Stored = Omit<CredentialVersions, 'userNameVersion'> & { readonly userNameVersion?: string };

/** Facts from clocks and configuration at the moment of a decision. */
export interface Facts {
  /** By the holder's own monotonic clock, since before its last successful write. */
  readonly leaseHolds: boolean;
  /** Whether enough time of the call is left to wait for another lease holder. */
  readonly mayWait: boolean;
  /** Whether an unanswered create may be repeated. */
  readonly mayRepeat: boolean;
  /** App+User, GDAP, a cloud that allows it, and a create sent less than 24 hours ago. */
  readonly canReset: boolean;
  /** The attempt is older than any lag of Partner Center's lists. */
  readonly listsCaughtUp: boolean;
}

export type RowAnswer = { readonly row: Row | undefined; readonly lease: LeaseState } | 'unavailable';

export interface Found {
  readonly stored?: Stored & Ids & { readonly requestId: string };
  /** False if a vault could not be read; then "not found" proves nothing. */
  readonly everyVault: boolean;
  /** Whether a vault has the user name, which proves that it accepts writes. */
  readonly userName: boolean;
}

/** The customer's IDs from Partner Center. */
export type Ids = Pick<Knowledge, 'customerId' | 'commerceId' | 'adminUserName'>;

/** The answer to a create; only `unanswered` may have taken effect without our knowledge. */
export type CreateAnswer =
  | ({ readonly kind: 'password' | 'noPassword' } & Ids)
  | { readonly kind: 'exists' | 'refused' | 'unanswered' | 'throttled' | 'signInFailed' };

export type Owner =
  | ({ readonly kind: 'ours'; readonly attempt: number } & Ids)
  | { readonly kind: 'stranger' | 'unknown' };

/** Every effect with its closed set of answers. */
export interface Answers {
  readRow: RowAnswer;
  wait: undefined;
  compareAndSet: 'done' | 'conflict' | 'unavailable';
  findCredentials: Found;
  check: { readonly domain: 'free' | 'taken' | 'unknown'; readonly passed: boolean };
  probe: 'free' | 'taken' | 'unknown';
  storeUserName: boolean;
  create: CreateAnswer;
  lookUp: Owner;
  storePassword: Stored | undefined;
  addUserName: Stored | undefined;
  findAdministrator: 'found' | 'forbidden' | 'unknown';
  resetPassword: 'done' | 'forbidden' | 'unanswered';
  checkClock: undefined;
}
export type Effect = keyof Answers;

/** The outcomes of the workflow. */
export type OutcomeCode =
  | 'Succeeded'
  | 'AlreadyOnboarded'
  | 'DomainTaken'
  | 'RejectedByPartnerCenter'
  | 'CredentialsLost'
  | 'CredentialsNotStored'
  | 'OutcomeUnknown'
  | 'OnboardingInProgress'
  | 'RecordUnavailable'
  | 'VaultUnavailable'
  | 'ChecksFailed'
  | 'Throttled'
  | 'SignInFailed'
  | 'Superseded';
