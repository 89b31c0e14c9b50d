import type { Answers, Facts, Knowledge } from './knowledge.ts';
import { end, go, guarded, hold, isOwn, learn, leave, rowOf, type Move } from './move.ts';
import { recordedRefusal } from './recorded-refusal.ts';
import type { Row } from '../../record/row.ts';

/**
 * Who owns the existing domain? Both of Partner Center's lists lag, so for a day no result proves nothing. A refused create is still
 * reported as refused: its domain may never be available again.
 */
export function afterLookUp(knowledge: Knowledge, owner: Answers['lookUp'], { listsCaughtUp }: Facts): Move {
  if (owner.kind === 'stranger') return go('markTaken', knowledge);
  if (owner.kind !== 'ours') {
    const refusal = recordedRefusal(knowledge);
    const burnt = { ...knowledge, burnt: true };
    if (knowledge.refused || (refusal && isOwn(knowledge))) return leave('RejectedByPartnerCenter', burnt);
    const taken = knowledge.onlyCreate || (listsCaughtUp && !knowledge.unanswered);
    if (taken) return go('markTaken', knowledge);
    return refusal ? leave('RejectedByPartnerCenter', burnt) : leave('OutcomeUnknown', knowledge);
  }
  const known = { ...learn(knowledge, owner), current: owner.attempt };
  // The payload of the attempt has to complete it: nothing is destroyed on the way to a conflict.
  return isOwn(known) ? go('repeatLast', known) : leave('AlreadyOnboarded', known);
}

export function markTaken(knowledge: Knowledge): Row {
  const { attempts, ...row } = rowOf(knowledge);
  const current = attempts[row.current];
  const marked =
    knowledge.onlyCreate && current ? attempts.with(row.current, { ...current, endedTaken: true as const }) : attempts;
  return { ...row, attempts: marked, state: 'Refused', taken: true };
}

/** Repeats the create once before a reset or a loss: an earlier response may have come while the first create was still running. */
export function afterLast(before: Knowledge, answer: Answers['create'], facts: Facts): Move {
  const knowledge = { ...before, sent: true };
  if (answer.kind === 'password') return hold(learn(knowledge, answer), 'created', facts);
  const unknown = answer.kind === 'unanswered' || answer.kind === 'throttled' || answer.kind === 'signInFailed';
  if (unknown) return leave('OutcomeUnknown', knowledge);
  return recoverPassword(answer.kind === 'noPassword' ? learn(knowledge, answer) : knowledge, facts);
}

/** The password cannot be recovered: it is reset if possible, otherwise it is lost. */
export function recoverPassword(knowledge: Knowledge, { canReset }: Facts): Move {
  return go(canReset ? 'findAdministrator' : 'lose', knowledge);
}

export function afterAdministrator(knowledge: Knowledge, answer: Answers['findAdministrator']): Move {
  if (answer === 'found') return go('beginReset', knowledge);
  return answer === 'forbidden' ? go('lose', knowledge) : leave('OutcomeUnknown', knowledge);
}

/** Enough of the lease must be left for the reset to arrive or time out. */
export function afterClock(knowledge: Knowledge, facts: Facts): Move {
  return guarded('resetPassword', { ...knowledge, sent: true }, facts);
}

/** An unanswered reset may still arrive: its lease is not released. */
export function afterReset(knowledge: Knowledge, answer: Answers['resetPassword'], facts: Facts): Move {
  if (answer === 'done') return hold(knowledge, 'reset', facts);
  if (answer === 'forbidden') return go(knowledge.resumedReset ? 'lose' : 'undoReset', knowledge);
  return end('OutcomeUnknown', knowledge);
}

export function reportLost(knowledge: Knowledge): Move {
  return end('CredentialsLost', knowledge);
}
