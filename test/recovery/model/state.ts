import type { Row } from '../../../shared/record/row.ts';
import type { Knowledge, OutcomeCode } from '../../../shared/onboarding/workflow/knowledge.ts';
import type { StepName } from '../../../shared/onboarding/workflow/move.ts';

/** The answer to a repeat of a create that made the tenant: `fades` returns the password for a while, then "exists". */
export type Repeat = 'same' | 'noPassword' | 'exists' | 'fades';
/** Whether a password can be reset; `forbidden`: the account lacks the roles. */
export type Resets = 'impossible' | 'possible' | 'forbidden';

/** The faults that may occur, each as often as the question allows. */
export interface Budget {
  /** Processes that die. */
  kills: number;
  /** Lost answers, of requests that did or did not take effect. */
  lost: number;
  /** Requests that may arrive after their sender has timed out or died. */
  late: number;
  /** Leases that expire although their holder is alive. */
  freezes: number;
  /** Outages of one vault, of both, or of writes to both. */
  outages: number;
  /** Outages of the table. */
  table: number;
  /** Refused creates, with or without a tenant, whose request id is remembered or not. */
  refusals: number;
  /** Lookups and probes that do not show a tenant yet. */
  lags: number;
  /** Creates that continue inside Partner Center. */
  running: number;
  /** Domains taken by another organization. */
  strangers: number;
  /** Resets refused once. */
  forbids: number;
  /** Resets that become possible or impossible. */
  flips: number;
  /** Days without a running call: lists no longer lag, and no password may be reset. */
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

/** A stored password. `late`: the lease was confirmed right before the write, and expired before the write took effect. */
export interface Version {
  readonly requestId: string;
  readonly password: number;
  readonly vault: number;
  readonly late: boolean;
}

/** A request in flight whose sender no longer waits. */
export type Flight =
  | { readonly kind: 'create'; readonly requestId: string }
  | { readonly kind: 'row'; readonly row: Row; readonly lease: Lease }
  | { readonly kind: 'reset'; readonly password: number }
  | { readonly kind: 'store'; readonly version: Version; readonly underLease: boolean; readonly unguarded: boolean };

/** One call, in its own process. */
export interface Run {
  readonly payload: string;
  at: StepName | 'idle' | 'ended';
  knowledge: Knowledge;
  /** The ETag that this call would send is current. */
  fresh: boolean;
  /** No other call has written the row since this call acquired the lease. */
  holdsLease: boolean;
  /** Its change of the row was not answered: it was lost, took effect, or is still in flight. */
  write: 'answered' | 'died' | 'applied' | 'flying';
  /** Its create continues inside Partner Center. */
  waiting: boolean;
  /** Held credentials: the only copy of a password, 0 for none. Not part of the call's knowledge. */
  password: number;
  /** The password of its reset request. */
  reset: number;
  /** Its create was refused although it created the tenant. */
  made: boolean;
  /** It stores without having confirmed its lease. */
  unguarded: boolean;
}

/** The environment and the calls. Copied for every move; only `left` and the runs are changed in place. */
export interface State {
  readonly repeat: Repeat;
  /** Removed safeguards of the environment, which `perform` guarantees otherwise. */
  readonly without: ReadonlySet<string>;
  readonly budget: Budget;
  resets: Resets;
  tenant: { readonly requestId: string; readonly password: number; readonly day: number } | undefined;
  stranger: boolean;
  /** Request ids whose refusal Partner Center remembers. */
  refusals: readonly string[];
  /** The create that continues inside Partner Center. */
  running: string | undefined;
  /** From now on a repeat is answered "exists". */
  faded: boolean;
  row: Row | undefined;
  lease: Lease;
  versions: readonly Version[];
  /** The vault that holds the user name. */
  userNames: readonly boolean[];
  flights: readonly Flight[];
  down: 'nothing' | 'first' | 'second' | 'both' | 'writes';
  tableDown: boolean;
  /** The current day, by every clock. */
  day: number;
  /** The latest password that was set. */
  newest: number;
  /** Passwords whose secret ids were returned to callers. */
  told: readonly number[];
  saidTaken: boolean;
  last: OutcomeCode | undefined;
  wrong: string | undefined;
  left: Budget;
  runs: Run[];
}

/** A call that has not begun or has ended: it has only its payload. */
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
