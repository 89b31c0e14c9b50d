import type { Event, Run, State, Stored } from './state.ts';

/** A safeguard that can be taken out. */
export type Safeguard =
  | 'lease'
  | 'listAfterClaim'
  | 'listAfterJoin'
  | 'pendingTag'
  | 'storeFirst'
  | 'startedFirst'
  | 'refusalOfOwner'
  | 'wholeRecord'
  | 'secondList'
  | 'ownClaims'
  | 'releaseLate'
  | 'lookWhenLate'
  | 'probeRefusal'
  | 'soleRule'
  | 'othersLoss'
  | 'lastRepeat'
  | 'pendingFirst'
  | 'derivedId'
  | 'slowStart';

/** The rules of one exploration: all of the product's, but for those taken out. */
export type Rules = ReadonlySet<Safeguard>;

/** What a run reads in the record: every event of every vault that can be reached. */
export interface Reading {
  readonly whole: boolean;
  readonly succeeded: Event | undefined;
  readonly lost: Event | undefined;
  readonly started: readonly Event[];
  readonly open: readonly Event[];
  readonly gone: ReadonlySet<string>;
  /** Requests that were refused to one owner, and that no other can have in flight any more. */
  readonly spent: ReadonlySet<string>;
  readonly attempt: number;
  /** Whether another instance holds a lease, or any claim but `except` does. */
  readonly held: (run: Run, except?: string) => boolean;
  readonly claimed: (run: Run, except?: string) => boolean;
}

/** Folds the record, whatever order its events were written in. */
export function read(state: State, out: Rules): Reading {
  const events = state.events.filter(({ vault }) => vault !== state.down);
  const of = (kind: Event['kind']): Event[] => events.filter((event) => event.kind === kind);
  const refused = of('Refused');
  const released = of('Released');
  const names = (one: Event, other: Event): boolean => one.id === other.id && one.owner === other.owner;
  const closes = (refusal: Event, start: Event): boolean =>
    out.has('refusalOfOwner') ? refusal.id === start.id : names(refusal, start);
  const started = of('Started');
  const open = started.filter((start) => !refused.some((refusal) => closes(refusal, start)));
  const lasts = (event: Event): boolean =>
    !out.has('lease') && event.by.length > 0 && !released.some((release) => names(release, event));
  const claims = of('Claimed').filter(lasts);
  const claimed = (run: Run, except?: string): boolean =>
    claims.some(({ owner }) => owner !== except && !(out.has('ownClaims') && isOwn(owner, run)));
  const refusedIds = new Set(refused.map(({ id }) => id));
  const anyLeft = claims.length > 0 || open.some(lasts);
  return {
    whole: state.down < 0 || out.has('wholeRecord'),
    succeeded: of('Succeeded')[0],
    lost: of('Lost')[0],
    started,
    open,
    gone: new Set(of('PasswordGone').map(({ id }) => id)),
    spent: anyLeft ? new Set() : refusedIds,
    attempt: 1 + refusedIds.size,
    claimed,
    held: (run, except) => claimed(run, except) || open.some((start) => lasts(start) && !isOwn(start.owner, run)),
  };
}

export function isOwn(owner: string, { instance }: Run): boolean {
  return owner.startsWith(`${instance}.`);
}

export interface Found {
  readonly whole: boolean;
  readonly version: number;
  readonly resetBegan: boolean;
}

/** Looks for stored credentials of a request id by their tags; `version` is -1 when there are none that may be believed. */
export function find(state: State, id: string, out: Rules): Found {
  const mine = state.stored.flatMap((one, version) =>
    one.vault !== state.down && one.id === id ? [{ one, version }] : [],
  );
  const believed = ({ pending }: Stored): boolean => out.has('pendingTag') || !pending;
  return {
    whole: state.down < 0 || out.has('wholeRecord'),
    version: mine.find(({ one }) => believed(one))?.version ?? -1,
    resetBegan: !out.has('pendingTag') && mine.some(({ one }) => one.pending),
  };
}
