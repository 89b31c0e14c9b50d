import type { Attempt, RecordedRefusal, Row } from '../../record/row.ts';
import type { Answers, Effect, Facts, Ids, Knowledge, OutcomeCode, Stored } from './knowledge.ts';

export type StepName =
  | 'read'
  | 'wait'
  | 'acquire'
  | 'findStored'
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
  | 'reacquire'
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

/** The decision of a step: the next step, or the outcome. */
export type Move =
  | { readonly step: StepName; readonly knowledge: Knowledge }
  | { readonly outcome: OutcomeCode; readonly knowledge: Knowledge };

/** What a change of the row needs besides the knowledge. */
export interface Material {
  /** Creates the attempt with this number, 1 for the first of a domain. */
  readonly attempt: (number: number) => Attempt;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** How the create of this call was refused. */
  readonly refusal?: RecordedRefusal | undefined;
}

/** One step: the effect it requests, and the decision that follows from the answer. */
export interface Step<E extends Effect> {
  readonly effect: E;
  readonly next: (knowledge: Knowledge, answer: Answers[E], facts: Facts) => Move;
  /** The row after a compare-and-set; `lease` determines its lease. */
  readonly change?: (knowledge: Knowledge, material: Material) => Row;
  /** The lease after the change: held by this call, held for a reset, or released. */
  readonly lease?: 'hold' | 'holdForReset' | 'release';
  /** What is on record if the process dies here. */
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

/** Ends the call and releases its lease. */
export function leave(outcome: OutcomeCode, knowledge: Knowledge): Move {
  return go('release', { ...knowledge, ending: outcome });
}

/** The lease has expired or the record is unavailable: the call must not act any more, but keeps held credentials. */
export function stop(knowledge: Knowledge, outcome: OutcomeCode): Move {
  if (knowledge.holds === 'created') return go('held', knowledge);
  return end(knowledge.sent ? 'OutcomeUnknown' : outcome, knowledge);
}

/** A conflict: another call acted, so the call discards its knowledge and reads the row again. */
export function again({ fingerprint, sent }: Knowledge): Move {
  return go('read', { fingerprint, ...(sent ? { sent } : {}) });
}

/** Checks this call's lease right before an effect that must not happen after it expires. */
export function guarded(step: StepName, knowledge: Knowledge, { leaseHolds }: Facts): Move {
  return leaseHolds ? go(step, knowledge) : stop(knowledge, 'OnboardingInProgress');
}

/** Whether the current attempt has the caller's payload. */
export function isOwn({ row, current, fingerprint }: Knowledge): boolean {
  return row?.attempts[current ?? row.current]?.fingerprint === fingerprint;
}

/** The credentials are held now: in memory and nowhere else. */
export function hold(knowledge: Knowledge, holds: 'created' | 'reset', facts: Facts): Move {
  const heldFor = knowledge.row?.attempts[knowledge.current ?? 0]?.requestId;
  return guarded('storePassword', { ...knowledge, holds, ...(heldFor === undefined ? {} : { heldFor }) }, facts);
}

/** The password is stored: the user name in the same vault and the row remain. */
export function completeStored({ holds, ...knowledge }: Knowledge, stored: Stored, { leaseHolds }: Facts): Move {
  const storedUnderLease = leaseHolds && holds !== 'reset';
  const known = { ...knowledge, stored, storedUnderLease };
  return go(stored.userNameVersion === undefined ? 'addUserName' : 'complete', known);
}

/** The credentials are stored: the payload of their attempt determines the outcome. */
export function answerStored(knowledge: Knowledge): Move {
  return end(isOwn(knowledge) ? 'Succeeded' : 'AlreadyOnboarded', knowledge);
}

/** Adds the customer's IDs from Partner Center. */
export function learn(knowledge: Knowledge, { customerId, commerceId, adminUserName }: Ids): Knowledge {
  return {
    ...knowledge,
    ...(customerId === undefined ? {} : { customerId }),
    ...(commerceId === undefined ? {} : { commerceId }),
    ...(adminUserName === undefined ? {} : { adminUserName }),
  };
}

/** The row as this call knows it, with the customer's IDs that it has learnt since. */
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
