import { buildCustomerBody, deriveRequestId } from '../../customer/request-body.ts';
import { OnboardingError } from '../../errors/onboarding-error.ts';
import { sleep } from '../../network/clock.ts';
import type { Attempt, Row } from '../../record/row.ts';
import { checkCustomer } from '../check-customer.ts';
import { newCorrelationId } from '../correlation.ts';
import { toOnboardingError } from '../to-onboarding-error.ts';
import { lookUpOwner } from '../look-up-owner.ts';
import type { Effects } from './effects.ts';
import type { Answers, Effect, Knowledge } from './knowledge.ts';
import type { Material, Step, StepName } from './move.ts';
import { findAdministrator, probe, sendCreate, setPassword } from './reach-partner-center.ts';
import { addUserName, beginUserName, proveVault, searchVaults, storeHeld } from './reach-vaults.ts';
import { part, resetLeaseSeconds, shares } from './time-budget.ts';

/** The outcome recorded for people, by the step that releases the lease. */
const said: Partial<Record<StepName, string>> = {
  refuse: 'RejectedByPartnerCenter',
  markTaken: 'DomainTaken',
  lose: 'CredentialsLost',
  undoReset: 'CredentialsLost',
};

type Perform = {
  [E in Effect]: (effects: Effects, known: Knowledge, name: StepName, step: Step<E>) => Promise<Answers[E]>;
};

/** Performs every effect: the only I/O of the workflow. */
export const perform: Perform = {
  async readRow(effects, known) {
    const { record, context } = effects;
    try {
      const { row, lease, left } = await record.read(rowCall(effects));
      effects.replayed ??= row?.state === 'Succeeded';
      effects.leaseLeft = left;
      return { row, lease };
    } catch (error) {
      const failure = toOnboardingError(error, context);
      if (failure.status === 500 && !known.sent) throw failure;
      effects.failure = failure;
      return 'unavailable';
    }
  },
  async wait(effects) {
    effects.waitingSince ??= effects.context.deadline.elapsed();
    await sleep(Math.max(100, effects.context.deadline.share(shares.poll)));
    return undefined;
  },
  async compareAndSet(effects, known, name, { change, lease }) {
    const { record, context } = effects;
    const { onboardingLeaseSeconds } = context.services.settings;
    if (!change) throw new Error('A compare-and-set without a change.');
    const row = change(known, materialOf(effects, known.row));
    const outcome = name === 'release' ? known.ending : said[name];
    if (name === 'begin') await beforeBegin(effects, row);
    const seconds = { hold: onboardingLeaseSeconds, holdForReset: resetLeaseSeconds, release: undefined }[
      lease ?? 'hold'
    ];
    const spoken = lease === 'release' && outcome !== undefined ? { ...row, outcome } : row;
    return record.write(spoken, seconds, rowCall(effects));
  },
  findCredentials: searchVaults,
  async check(effects) {
    effects.checking ??= checkCustomer(effects.context);
    const checked = await effects.checking;
    effects.checked = checked;
    return { domain: checked.domain, passed: checked.failures.length === 0 };
  },
  probe,
  async storeUserName(effects, known) {
    return proveVault(effects, attemptOf(known));
  },
  async create(effects, known) {
    return sendCreate(effects, attemptOf(known), known);
  },
  async lookUp(effects, { row }) {
    if (!row) return { kind: 'unknown' };
    return lookUpOwner(effects.context, row).catch((error: unknown) => {
      keep(effects, error);
      return { kind: 'unknown' as const };
    });
  },
  storePassword: storeHeld,
  async addUserName(effects, known) {
    return addUserName(effects, attemptOf(known), known);
  },
  findAdministrator,
  async resetPassword(effects, known) {
    return setPassword(effects, attemptOf(known), known);
  },
  checkClock: () => Promise.resolve(undefined),
};

/** The attempt that a call works on. */
export function attemptOf({ row, current }: Knowledge): Attempt {
  const attempt = row?.attempts[current ?? row.current];
  if (!attempt) throw new Error('A step that works on an attempt was reached without one.');
  return attempt;
}

/** Stores the user name in parallel with the row; repeated attempts of a refused payload are delayed. */
async function beforeBegin(effects: Effects, row: Row): Promise<void> {
  const { context } = effects;
  const attempt = attemptOf({ fingerprint: '', row, current: row.current });
  const last = row.attempts.at(-2);
  const pause = last ? last.sentAt + context.deadline.share(shares.attempts) - effects.record.now() : 0;
  if (pause > 0) await sleep(Math.min(pause, context.deadline.share(shares.attempts)));
  effects.storingUserName = beginUserName(effects, attempt);
  effects.storingUserName.catch(() => undefined);
}

function materialOf({ context, checked, record, refusal }: Effects, row: Row | undefined): Material {
  const { payload, domain, fingerprint, correlationId } = context;
  return {
    now: record.now(),
    refusal,
    attempt(number) {
      if (!checked) throw new Error('An attempt was started before the checks.');
      const { enrichment } = checked;
      const requestId = deriveRequestId(domain, buildCustomerBody(payload, enrichment), number);
      const createCorrelationId = newCorrelationId(correlationId, row?.attempts ?? []);
      const { country } = payload;
      return { number, requestId, fingerprint, createCorrelationId, country, ...enrichment, sentAt: record.now() };
    },
  };
}

function rowCall({ context }: Effects): { deadline: Effects['context']['deadline']; log: Effects['context']['log'] } {
  return { log: context.log, deadline: part(context.deadline, 'record') };
}

function keep(effects: Effects, error: unknown): void {
  if (error instanceof OnboardingError) effects.failure = error;
}
