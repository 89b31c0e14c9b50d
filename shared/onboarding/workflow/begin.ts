import type { Answers, Facts, Found, Knowledge } from './knowledge.ts';
import { again, close, end, go, isOwn, learn, leave, rowOf, stop, type Material, type Move } from './move.ts';
import { noteAnswer } from './recorded-refusal.ts';
import { replace } from './recover.ts';
import type { Row } from '../../record/row.ts';

/** What the row says: nothing yet, done, somebody at work, or open to be taken. */
export function afterRead(known: Knowledge, answer: Answers['readRow'], facts: Facts): Move {
  if (answer === 'unavailable') return stop(known, 'RecordUnavailable');
  const { row, lease } = answer;
  if (!row) return known.probed ? end('DomainTaken', known) : go('check', { ...known, row });
  const knowledge = { ...known, row, current: row.current };
  if (row.state === 'Succeeded') return end(isOwn(knowledge) ? 'Succeeded' : 'AlreadyOnboarded', knowledge);
  if (lease !== 'running') return go('take', knowledge);
  return facts.mayWait ? go('wait', knowledge) : stop(knowledge, 'OnboardingInProgress');
}

/** Whoever waited reads the row again, and knows nothing more than before. */
export function afterWait(knowledge: Knowledge): Move {
  return again(knowledge);
}

/** A row whose lease expired had a holder who died: its create may have taken effect. */
export function takeOver(knowledge: Knowledge, { now }: Material): Row {
  const row = knowledge.row?.lease ? noteAnswer(rowOf(knowledge), {}, {}) : rowOf(knowledge);
  return { ...row, ...(knowledge.row?.lease ? { unansweredAt: now } : {}) };
}

export function afterTake(knowledge: Knowledge, facts: Facts): Move {
  if (knowledge.row?.state !== 'Resetting') return go('look', knowledge);
  return isOwn(knowledge) ? replace({ ...knowledge, resumedReset: true }, facts) : leave('AlreadyOnboarded', knowledge);
}

/** Credentials of any attempt settle it: there is one tenant only. A request that cannot be repeated is not. */
export function afterLook(knowledge: Knowledge, { stored, everyVault, userName }: Found, facts: Facts): Move {
  if (stored) {
    const { requestId, vault, passwordVersion, userNameVersion, ...ids } = stored;
    const versions = { vault, passwordVersion, ...(userNameVersion === undefined ? {} : { userNameVersion }) };
    const current = knowledge.row?.attempts.findIndex((attempt) => attempt.requestId === requestId) ?? 0;
    return close({ ...learn(knowledge, ids), current }, versions, facts);
  }
  if (!everyVault) return leave(knowledge.sent ? 'OutcomeUnknown' : 'VaultUnavailable', knowledge);
  if (knowledge.row?.state === 'Refused' || !isOwn(knowledge)) return go('check', knowledge);
  return go(userName ? 'create' : 'storeUserName', knowledge);
}

/** "No row, domain taken" needs a read after the probe: whoever made the tenant had its row by then. */
export function afterCheck(knowledge: Knowledge, { domain, passed }: Answers['check']): Move {
  const { row } = knowledge;
  if (domain === 'taken') {
    if (!row) return go('read', { ...knowledge, probed: true });
    return go(row.taken ? 'markTaken' : 'lookUp', knowledge);
  }
  if (domain === 'unknown' && row?.state === 'Open') return leave('OutcomeUnknown', knowledge);
  if (domain === 'free' && passed) return go('begin', knowledge);
  return row ? leave('ChecksFailed', knowledge) : end('ChecksFailed', knowledge);
}

const mostAttempts = 60;

/** The first attempt inserts the row, each later one is added to it: a new idempotency key for every one. */
export function beginAttempt({ row, ...knowledge }: Knowledge, { attempt, now }: Material): Row {
  const earlier = row?.attempts ?? [];
  // A table column holds 64 KiB: of very many refusals the oldest are forgotten.
  const attempts = [...earlier.slice(1 - mostAttempts), attempt((earlier.at(-1)?.number ?? 0) + 1)];
  const { taken: _taken, ...rest } = row ? rowOf({ ...knowledge, row }) : { taken: undefined };
  return { ...rest, state: 'Open', attempts, current: attempts.length - 1, unansweredAt: now };
}

/** "Exists" means another organization only where every create of this row was answered so at once. */
export function afterBegin(knowledge: Knowledge): Move {
  const attempts = knowledge.row?.attempts ?? [];
  const current = knowledge.row?.current ?? 0;
  const onlyCreate = attempts.slice(0, current).every(({ endedTaken }) => endedTaken === true);
  return go('storeUserName', { ...knowledge, current, onlyCreate });
}

/** Before anything that cannot be undone: does a vault take writes? */
export function afterUserName(knowledge: Knowledge, stored: boolean): Move {
  if (stored) return go('create', knowledge);
  return leave(knowledge.sent ? 'OutcomeUnknown' : 'VaultUnavailable', knowledge);
}
