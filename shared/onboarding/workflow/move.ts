import type { Attempt, RecordedRefusal, Row } from '../../record/row.ts';
import type { Answers, Effect, Facts, Ids, Knowledge, OutcomeCode, Stored } from './knowledge.ts';

export type StepName =
  | 'read'
  | 'wait'
  | 'take'
  | 'look'
  | 'check'
  | 'begin'
  | 'storeUserName'
  | 'create'
  | 'confirmRefusal'
  | 'refuse'
  | 'storePassword'
  | 'addUserName'
  | 'complete'
  | 'held'
  | 'regain'
  | 'lookUp'
  | 'markTaken'
  | 'repeatLast'
  | 'findAdministrator'
  | 'beginReset'
  | 'checkClock'
  | 'resetPassword'
  | 'undoReset'
  | 'lose'
  | 'release';

/** Where a call goes from here: to the next step, or to its end. */
export type Move =
  | { readonly step: StepName; readonly knowledge: Knowledge }
  | { readonly outcome: OutcomeCode; readonly knowledge: Knowledge };

/** What a change of the row needs besides knowledge. */
export interface Material {
  /** The attempt with this number, 1 for the first of a domain. */
  readonly attempt: (number: number) => Attempt;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** How the create of this call was refused. */
  readonly refusal?: RecordedRefusal | undefined;
}

/** One step: the effect it asks for, and what follows from its answer. */
export interface Step<E extends Effect> {
  readonly effect: E;
  readonly next: (knowledge: Knowledge, answer: Answers[E], facts: Facts) => Move;
  /** What a compare-and-set makes of the row; the lease is given by `lease`. */
  readonly change?: (knowledge: Knowledge, material: Material) => Row;
  /** The lease after the change: kept or taken by this call, the long one of a reset, or released. */
  readonly lease?: 'hold' | 'holdForReset' | 'release';
  /** What is on record when the process dies here. */
  readonly diesHere: string;
}

/** A step for whatever effect. */
export type AnyStep = { [E in Effect]: Step<E> }[Effect];

export function go(step: StepName, knowledge: Knowledge): Move {
  return { step, knowledge };
}

export function end(outcome: OutcomeCode, knowledge: Knowledge): Move {
  return { outcome, knowledge };
}

/** Ends the call and its lease. */
export function leave(outcome: OutcomeCode, knowledge: Knowledge): Move {
  return go('release', { ...knowledge, ending: outcome });
}

/** The lease has expired, or the record is out of reach: nothing may be done any more, but the only copy of a password is kept. */
export function stop(knowledge: Knowledge, outcome: OutcomeCode): Move {
  if (knowledge.holds === 'created') return go('held', knowledge);
  return end(knowledge.sent ? 'OutcomeUnknown' : outcome, knowledge);
}

/** Somebody else acted: everything learnt before is void, and the call begins at the row again. */
export function again({ fingerprint, sent }: Knowledge): Move {
  return go('read', { fingerprint, ...(sent ? { sent } : {}) });
}

/** Looks at the own clock right before an effect that must not happen after the lease. */
export function guarded(step: StepName, knowledge: Knowledge, { leaseHolds }: Facts): Move {
  return leaseHolds ? go(step, knowledge) : stop(knowledge, 'OnboardingInProgress');
}

/** Whether the attempt at work is of the caller's own payload. */
export function isOwn({ row, current, fingerprint }: Knowledge): boolean {
  return row?.attempts[current ?? row.current]?.fingerprint === fingerprint;
}

/** The credentials are in memory now, and nowhere else. */
export function hold(knowledge: Knowledge, holds: 'created' | 'reset', facts: Facts): Move {
  const heldFor = knowledge.row?.attempts[knowledge.current ?? 0]?.requestId;
  return guarded('storePassword', { ...knowledge, holds, ...(heldFor === undefined ? {} : { heldFor }) }, facts);
}

/** Credentials are stored: what is left is the user name beside them, and the row. */
export function close({ holds, ...knowledge }: Knowledge, stored: Stored, { leaseHolds }: Facts): Move {
  const storedUnderLease = leaseHolds && holds !== 'reset';
  const known = { ...knowledge, stored, storedUnderLease };
  return go(stored.userNameVersion === undefined ? 'addUserName' : 'complete', known);
}

/** The credentials are stored: the attempt that they belong to decides what the caller is told. */
export function answerStored(knowledge: Knowledge): Move {
  return end(isOwn(knowledge) ? 'Succeeded' : 'AlreadyOnboarded', knowledge);
}

/** Adds what Partner Center has said of the customer. */
export function learn(knowledge: Knowledge, { customerId, commerceId, adminUserName }: Ids): Knowledge {
  return {
    ...knowledge,
    ...(customerId === undefined ? {} : { customerId }),
    ...(commerceId === undefined ? {} : { commerceId }),
    ...(adminUserName === undefined ? {} : { adminUserName }),
  };
}

/** The row as this call knows it, with what it has learnt of the customer since. */
export function rowOf({ row, current, customerId, commerceId, adminUserName }: Knowledge): Row {
  if (!row) throw new Error('A step that changes the row was reached without one.');
  const { lease: _lease, outcome: _outcome, ...rest } = row;
  return {
    ...rest,
    current: current ?? row.current,
    ...(customerId === undefined ? {} : { customerId }),
    ...(commerceId === undefined ? {} : { commerceId }),
    ...(adminUserName === undefined ? {} : { adminUserName }),
  };
}
