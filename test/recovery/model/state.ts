import type { Row } from '../../../shared/record/row.ts';
import type { Knowledge, OutcomeCode } from '../../../shared/onboarding/workflow/knowledge.ts';
import type { StepName } from '../../../shared/onboarding/workflow/move.ts';

/** What a repeat of a create that made the tenant is answered: `fades` brings the password for a while, then "exists". */
export type Repeat = 'same' | 'noPassword' | 'exists' | 'fades';
/** Whether a password can be reset; `forbidden`: the account lacks the roles. */
export type Resets = 'impossible' | 'possible' | 'forbidden';

/** What may go wrong, each as often as the question allows. */
export interface Budget {
  /** Processes that die. */
  kills: number;
  /** Answers that get lost, of requests with and without effect. */
  lost: number;
  /** Requests that may arrive after their sender gave up or died. */
  late: number;
  /** Leases that expire though their holder lives. */
  freezes: number;
  /** Outages of one vault, both, or both for writes. */
  outages: number;
  /** Outages of the table. */
  table: number;
  /** Creates refused, made or not, remembered by their id or not. */
  refusals: number;
  /** Look-ups and probes that do not show a tenant yet. */
  lags: number;
  /** Creates that go on inside Partner Center. */
  running: number;
  /** Domains taken by somebody else. */
  strangers: number;
  /** Resets refused once. */
  forbids: number;
  /** Resets that become possible or impossible. */
  flips: number;
  /** Days that pass while nobody is at work: no list lags any more, and no password may be reset. */
  days: number;
}

export const noBudget: Budget = {
  kills: 0,
  lost: 0,
  late: 0,
  freezes: 0,
  outages: 0,
  table: 0,
  refusals: 0,
  lags: 0,
  running: 0,
  strangers: 0,
  forbids: 0,
  flips: 0,
  days: 0,
};

export type Lease = 'none' | 'running' | 'expired';

/** A stored password. `late`: the lease was sure right before, and expired until the write took effect. */
export interface Version {
  readonly requestId: string;
  readonly password: number;
  readonly vault: number;
  readonly late: boolean;
}

/** A request on its way whose sender does not wait any more. */
export type Flight =
  | { readonly kind: 'create'; readonly requestId: string }
  | { readonly kind: 'row'; readonly row: Row; readonly lease: Lease }
  | { readonly kind: 'reset'; readonly password: number }
  | { readonly kind: 'store'; readonly version: Version; readonly underLease: boolean; readonly unguarded: boolean };

/** One call, in a process of its own. */
export interface Run {
  readonly payload: string;
  at: StepName | 'idle' | 'ended';
  knowledge: Knowledge;
  /** The ETag that this call would send is that of the row. */
  fresh: boolean;
  /** Nobody has written since this call took the lease. */
  holdsLease: boolean;
  /** Its change of the row was not answered: it died on the way, took effect, or is still on its way. */
  write: 'answered' | 'died' | 'applied' | 'flying';
  /** Its create goes on inside Partner Center. */
  waiting: boolean;
  /** The only copy of a password, 0 for none: never a part of what the call knows. */
  password: number;
  /** The password of the reset that it sent. */
  reset: number;
  /** Its create was refused although it made the tenant. */
  made: boolean;
  /** It stores without having been sure of its lease. */
  unguarded: boolean;
}

/** Everything outside the calls, and the calls. Copied for every move; `left` and the runs are the only parts that are changed in place. */
export interface State {
  readonly repeat: Repeat;
  /** Safeguards of the world that are taken out: what `perform` guarantees. */
  readonly without: ReadonlySet<string>;
  readonly budget: Budget;
  resets: Resets;
  tenant: { readonly requestId: string; readonly password: number; readonly day: number } | undefined;
  stranger: boolean;
  /** Request ids whose refusal Partner Center remembers. */
  refusals: readonly string[];
  /** The create that goes on inside Partner Center. */
  running: string | undefined;
  /** After a while a repeat is answered "exists". */
  faded: boolean;
  row: Row | undefined;
  lease: Lease;
  versions: readonly Version[];
  /** Which vault has the user name. */
  userNames: readonly boolean[];
  flights: readonly Flight[];
  down: 'nothing' | 'first' | 'second' | 'both' | 'writes';
  tableDown: boolean;
  /** Today, as far as any clock tells. */
  day: number;
  /** The newest password that was ever set. */
  newest: number;
  /** Passwords that callers were told of. */
  told: readonly number[];
  saidTaken: boolean;
  last: OutcomeCode | undefined;
  wrong: string | undefined;
  left: Budget;
  runs: Run[];
}

/** A call that has not begun, or has ended: it knows nothing but its payload. */
export function restingRun(payload: string, at: 'idle' | 'ended'): Run {
  const nothing = { fresh: false, holdsLease: false, waiting: false, made: false, unguarded: false };
  return { ...nothing, payload, at, knowledge: { fingerprint: payload }, write: 'answered', password: 0, reset: 0 };
}

export function copy(state: State): State {
  return { ...state, left: { ...state.left }, runs: state.runs.map((run) => ({ ...run })) };
}

export function runOf(state: State, index: number): Run {
  const run = state.runs[index];
  if (!run) throw new Error(`There is no call ${index}.`);
  return run;
}
