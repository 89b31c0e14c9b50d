import type { Answers, Facts, Knowledge, Stored } from './knowledge.ts';
import { answerStored, completeStored, end, go, hold, learn, leave, rowOf, stop, type Move } from './move.ts';
import { recoverPassword } from './recover.ts';
import type { Row } from '../../record/row.ts';

type CreateAnswer = Answers['create'];

/** After a create, answered or not. The password is stored before anything is recorded about it. */
export function afterCreate(before: Knowledge, answer: CreateAnswer, facts: Facts): Move {
  const known: Knowledge = { ...before, sent: true };
  switch (answer.kind) {
    case 'password':
      return hold(learn(known, answer), 'created', facts);
    case 'noPassword':
      return recoverPassword(learn(known, answer), facts);
    case 'exists':
      return go('lookUp', known);
    case 'refused':
      return go('confirmRefusal', { ...known, refused: true, onlyCreate: false });
    case 'throttled':
      return leave(isDoubtful(known) ? 'OutcomeUnknown' : 'Throttled', known);
    case 'signInFailed':
      return leave(isDoubtful(known) ? 'OutcomeUnknown' : 'SignInFailed', known);
    default: {
      const unanswered = { ...known, onlyCreate: false, unanswered: (known.unanswered ?? 0) + 1 };
      return facts.mayRepeat ? go('create', unanswered) : leave('OutcomeUnknown', unanswered);
    }
  }
}

/** Whether an unanswered create of this attempt may have taken effect, in this call or an earlier one. */
function isDoubtful({ unanswered, onlyCreate, row }: Knowledge): boolean {
  return unanswered !== undefined || (onlyCreate === undefined && row?.unansweredAt !== undefined);
}

/** A refusal is confirmed by probing the domain: some arrive although the tenant exists. */
export function afterConfirmation(knowledge: Knowledge, domain: Answers['probe']): Move {
  if (domain === 'unknown') return leave('OutcomeUnknown', knowledge);
  return go(domain === 'free' ? 'refuse' : 'lookUp', knowledge);
}

/** A created password is held and offered again; the password of a reset can be replaced by another reset. */
export function afterStore(knowledge: Knowledge, stored: Stored | undefined, facts: Facts): Move {
  if (stored) return completeStored(knowledge, stored, facts);
  return knowledge.holds === 'reset' ? leave('CredentialsNotStored', knowledge) : go('held', knowledge);
}

export function afterAddUserName(knowledge: Knowledge, stored: Stored | undefined): Move {
  return stored?.userNameVersion === undefined
    ? leave('OutcomeUnknown', knowledge)
    : go('complete', { ...knowledge, stored });
}

export function succeed(knowledge: Knowledge): Row {
  const { vault = '', passwordVersion = '', userNameVersion = '' } = knowledge.stored ?? {};
  return { ...rowOf(knowledge), state: 'Succeeded', credentials: { vault, userNameVersion, passwordVersion } };
}

/** If the record is unavailable, success is reported only if the lease certainly held when the credentials were stored, and never after a reset. */
export function completeUnrecorded(knowledge: Knowledge): Move {
  return knowledge.storedUnderLease ? answerStored(knowledge) : stop({ ...knowledge, sent: true }, 'OutcomeUnknown');
}

/** A create that was throttled or not authenticated had no effect. */
export function releaseRow(knowledge: Knowledge): Row {
  const { unansweredAt: _before, ...row } = rowOf(knowledge);
  return knowledge.ending === 'Throttled' || knowledge.ending === 'SignInFailed' ? row : rowOf(knowledge);
}

/** Held credentials: while the lease holds they are stored at once; after it expired, the lease is acquired again first. */
export function afterHeld(knowledge: Knowledge, answer: Answers['readRow'], facts: Facts): Move {
  if (answer === 'unavailable') return go('held', knowledge);
  if (facts.leaseHolds) return go('storePassword', knowledge);
  const { row, lease } = answer;
  // The row was deleted: no other call can act for the domain.
  if (!row) return go('storePassword', knowledge);
  if (row.state === 'Succeeded') return end('Superseded', knowledge);
  if (row.state === 'Resetting' || lease === 'running') return go('held', knowledge);
  return go('reacquire', { ...knowledge, row });
}

export function reacquireLease(knowledge: Knowledge): Row {
  const attempts = knowledge.row?.attempts ?? [];
  const current = Math.max(
    0,
    attempts.findIndex(({ requestId }) => requestId === knowledge.heldFor),
  );
  return { ...rowOf({ ...knowledge, current }), state: 'Open' };
}

export function afterReacquire(knowledge: Knowledge): Move {
  return go('storePassword', { ...knowledge, current: knowledge.row?.current ?? 0 });
}
