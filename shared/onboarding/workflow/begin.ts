import type { Answers, Facts, Found, Knowledge } from './knowledge.ts';
import { again, completeStored, end, go, isOwn, learn, leave, rowOf, stop, type Material, type Move } from './move.ts';
import { noteAnswer } from './recorded-refusal.ts';
import { recoverPassword } from './recover.ts';
import type { Row } from '../../record/row.ts';

/** Decides by the row: no row, completed, leased by another call, or free to acquire. */
export function afterRead(known: Knowledge, answer: Answers['readRow'], facts: Facts): Move {
  if (answer === 'unavailable') return stop(known, 'RecordUnavailable');
  const { row, lease } = answer;
  if (!row) return known.probed ? end('DomainTaken', known) : go('check', { ...known, row });
  const knowledge = { ...known, row, current: row.current };
  if (row.state === 'Succeeded') return end(isOwn(knowledge) ? 'Succeeded' : 'AlreadyOnboarded', knowledge);
  if (lease !== 'running') return go('acquire', knowledge);
  return facts.mayWait ? go('wait', knowledge) : stop(knowledge, 'OnboardingInProgress');
}

/** After waiting, the call reads the row again. */
export function afterWait(knowledge: Knowledge): Move {
  return again(knowledge);
}

/** Acquires the lease. If it had expired without a release, its holder died and its create may have taken effect. */
export function acquireLease(knowledge: Knowledge, { now }: Material): Row {
  const row = knowledge.row?.lease ? noteAnswer(rowOf(knowledge), {}, {}) : rowOf(knowledge);
  return { ...row, ...(knowledge.row?.lease ? { unansweredAt: now } : {}) };
}

export function afterAcquire(knowledge: Knowledge, facts: Facts): Move {
  if (knowledge.row?.state !== 'Resetting') return go('findStored', knowledge);
  return isOwn(knowledge)
    ? recoverPassword({ ...knowledge, resumedReset: true }, facts)
    : leave('AlreadyOnboarded', knowledge);
}

/** Stored credentials of any attempt complete the onboarding: a domain has only one tenant. A request that cannot be repeated is not sent. */
export function afterFindStored(knowledge: Knowledge, { stored, everyVault, userName }: Found, facts: Facts): Move {
  if (stored) {
    const { requestId, vault, passwordVersion, userNameVersion, ...ids } = stored;
    const versions = { vault, passwordVersion, ...(userNameVersion === undefined ? {} : { userNameVersion }) };
    const current = knowledge.row?.attempts.findIndex((attempt) => attempt.requestId === requestId) ?? 0;
    return completeStored({ ...learn(knowledge, ids), current }, versions, facts);
  }
  if (!everyVault) return leave(knowledge.sent ? 'OutcomeUnknown' : 'VaultUnavailable', knowledge);
  if (knowledge.row?.state === 'Refused' || !isOwn(knowledge)) return go('check', knowledge);
  return go(userName ? 'create' : 'storeUserName', knowledge);
}

/** "No row, domain taken" needs a read after the probe: a call that created the tenant had inserted its row by then. */
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

/** The first attempt inserts the row, later ones are appended; each has a new idempotency key. */
export function beginAttempt({ row, ...knowledge }: Knowledge, { attempt, now }: Material): Row {
  const earlier = row?.attempts ?? [];
  // A table column holds 64 KiB: after very many refusals the oldest attempts are dropped.
  const attempts = [...earlier.slice(1 - mostAttempts), attempt((earlier.at(-1)?.number ?? 0) + 1)];
  const { taken: _taken, ...rest } = row ? rowOf({ ...knowledge, row }) : { taken: undefined };
  return { ...rest, state: 'Open', attempts, current: attempts.length - 1, unansweredAt: now };
}

/** "Exists" means another organization only if every create of this row got that response at once. */
export function afterBegin(knowledge: Knowledge): Move {
  const attempts = knowledge.row?.attempts ?? [];
  const current = knowledge.row?.current ?? 0;
  const onlyCreate = attempts.slice(0, current).every(({ endedTaken }) => endedTaken === true);
  return go('storeUserName', { ...knowledge, current, onlyCreate });
}

/** A vault must accept a write before anything irreversible. */
export function afterUserName(knowledge: Knowledge, stored: boolean): Move {
  if (stored) return go('create', knowledge);
  return leave(knowledge.sent ? 'OutcomeUnknown' : 'VaultUnavailable', knowledge);
}
