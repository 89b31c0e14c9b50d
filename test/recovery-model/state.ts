/** What a repeated create gets. */
export type Replay = 'same' | 'without-password' | 'exists';

/** One thing that is written down for good: a version of the record's secret. `by` holds the runs that its lease outlives. */
export interface Event {
  readonly kind: 'Started' | 'Refused' | 'PasswordGone' | 'Released' | 'Succeeded' | 'Claimed' | 'Lost';
  readonly vault: number;
  readonly id: string;
  readonly owner: string;
  readonly payload: number;
  /** Runs that were under way when it was written and still are: the lease lasts at least until they have ended. */
  readonly by: readonly number[];
  /** Of a success: the stored version that it names. */
  readonly version: number;
}

export interface Stored {
  readonly vault: number;
  readonly id: string;
  readonly password: number;
  readonly pending: boolean;
  /** Stored by whoever held it after it had been declared lost. */
  readonly late?: boolean;
}

/** A request that its sender has given up and that may still arrive while its sender's lease lasts. */
export interface Late {
  readonly what: 'create' | 'reset' | 'store';
  readonly run: number;
  readonly id: string;
  readonly payload: number;
  readonly password: number;
  readonly by: readonly number[];
}

/** One call at work, or what is left of it. */
export interface Run {
  readonly payload: number;
  readonly instance: number;
  at: string;
  /** The request id that it is at work on, and the payload behind it. */
  id: string;
  of: number;
  owner: string;
  turn: number;
  password: number;
  version: number;
  tries: number;
  /** What it has learnt so far, as words. */
  notes: readonly string[];
}

/** The whole world at one moment. */
export interface State {
  readonly replay: Replay;
  readonly reset: boolean;
  tenant: { readonly id: string; password: number; readonly run: number } | undefined;
  stranger: boolean;
  /** Passwords that Partner Center remembers by request id. */
  readonly memory: Record<string, number>;
  events: Event[];
  stored: Stored[];
  late: Late[];
  runs: Run[];
  /** The vault that cannot be reached, or none. */
  down: number;
  passwords: number;
  answers: string[];
  /** What may still go wrong. */
  readonly left: Record<keyof Budget, number>;
}

/** How often each thing may go wrong in one exploration. */
export interface Budget {
  readonly kills: number;
  readonly lostAnswers: number;
  readonly lateArrivals: number;
  readonly outages: number;
  readonly refusals: number;
  /** Repeats that find the first create still running. */
  readonly busy: number;
  /** Look-ups that do not show the customer yet. */
  readonly lags: number;
  readonly freezes: number;
  readonly strangers: number;
}

export const noBudget: Budget = {
  kills: 0,
  lostAnswers: 0,
  lateArrivals: 0,
  outages: 0,
  refusals: 0,
  busy: 0,
  lags: 0,
  freezes: 0,
  strangers: 0,
};

const resting = new Set(['idle', 'done', 'dead', 'held']);

/** Whether a call is at work, so that leases written meanwhile outlive it. */
export function isUnderWay({ at }: Run): boolean {
  return !resting.has(at);
}

export function underWay(state: State): number[] {
  return state.runs.flatMap((run, index) => (isUnderWay(run) ? [index] : []));
}

export function copy(state: State): State {
  return {
    ...state,
    tenant: state.tenant && { ...state.tenant },
    memory: { ...state.memory },
    events: [...state.events],
    stored: [...state.stored],
    late: [...state.late],
    runs: state.runs.map((run) => ({ ...run })),
    answers: [...state.answers],
    left: { ...state.left },
  };
}

/** Puts a run to rest: leases and late requests no longer outlive it. */
export function rest(state: State, index: number, at: 'done' | 'dead' | 'held'): void {
  const run = state.runs[index];
  if (!run) return;
  run.at = at;
  if (at !== 'held') Object.assign(run, { id: '', of: 0, owner: '', password: 0, version: 0, tries: 0, notes: [] });
  const without = <T extends { readonly by: readonly number[] }>(entry: T): T =>
    entry.by.includes(index) ? { ...entry, by: entry.by.filter((other) => other !== index) } : entry;
  state.events = state.events.map(without);
  state.late = state.late.map(without).filter(({ by }) => by.length > 0);
}
