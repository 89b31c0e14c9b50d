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
  /** There was no row, and the domain has been found taken since. */
  readonly probed?: boolean;
  /** Every create of this row so far was answered at once, and met the domain. */
  readonly onlyCreate?: boolean;
  /** This call has sent a create or a reset: "nothing was created" may not be said any more. */
  readonly sent?: boolean;
  /** Creates of this attempt that went unanswered within this call. */
  readonly unanswered?: number;
  /** Partner Center refused the create. */
  readonly refused?: boolean;
  /** A create of this domain was refused, and the domain exists since without being known to be ours. */
  readonly burnt?: boolean;
  /** The credentials that this call holds in memory are the first ones, or those of a reset. */
  readonly holds?: 'created' | 'reset';
  /** The idempotency key that the held credentials belong to. */
  readonly heldFor?: string;
  /** Where credentials were found or stored. */
  readonly stored?: Stored;
  /** Whether the lease was known to hold when they were stored. */
  readonly storedUnderLease?: boolean;
  /** The reset was begun by an earlier call: its password may still have been set. */
  readonly resumedReset?: boolean;
  /** What the call will answer once the lease is released. */
  readonly ending?: OutcomeCode;
  readonly customerId?: string;
  readonly commerceId?: string;
  /** Where Partner Center named another than the usual one. */
  readonly adminUserName?: string;
}

/** A stored password, and the user name beside it where that is known to be in the same vault. */
export type Stored = Omit<CredentialVersions, 'userNameVersion'> & { readonly userNameVersion?: string };

/** What comes from clocks and configuration at the moment of a decision. */
export interface Facts {
  /** By the holder's own monotonic clock, since before its last successful write. */
  readonly leaseHolds: boolean;
  /** Whether enough of the call, and of the patience for this payload, is left to wait for another holder. */
  readonly mayWait: boolean;
  /** Whether a create that was not answered may be sent once more. */
  readonly mayRepeat: boolean;
  /** App+User, GDAP, a cloud that allows it, and a create sent less than 24 hours ago. */
  readonly canReset: boolean;
  /** The attempt is older than any lag of Partner Center's lists. */
  readonly listsCaughtUp: boolean;
}

export type RowAnswer = { readonly row: Row | undefined; readonly lease: LeaseState } | 'unavailable';

export interface Found {
  readonly stored?: Stored & Ids & { readonly requestId: string };
  /** False when a vault could not be read: then "not found" means nothing. */
  readonly everyVault: boolean;
  /** Whether a vault is known to hold the user name: it takes writes. */
  readonly userName: boolean;
}

/** What Partner Center has said of the customer. */
export type Ids = Pick<Knowledge, 'customerId' | 'commerceId' | 'adminUserName'>;

/** What a create was answered; `unanswered` is the only one that may have taken effect unknown to us. */
export type CreateAnswer =
  | ({ readonly kind: 'password' | 'noPassword' } & Ids)
  | { readonly kind: 'exists' | 'refused' | 'unanswered' | 'throttled' | 'signInFailed' };

export type Owner =
  ({ readonly kind: 'ours'; readonly attempt: number } & Ids) | { readonly kind: 'stranger' | 'unknown' };

/** Every effect and the closed set of its answers. */
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

/** What a workflow ends with. */
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
