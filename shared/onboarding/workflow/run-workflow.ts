import { Deadline } from '../../network/deadline.ts';
import { createBackgroundLog } from '../../log/log.ts';
import { DomainRecord } from '../../record/domain-record.ts';
import { isThrottled } from '../../partner-center/throttle.ts';
import { checkCustomer } from '../check-customer.ts';
import type { Context } from '../context.ts';
import { openEffects, type Effects } from './effects.ts';
import { factsOf } from './facts.ts';
import type { Answers, Effect, Knowledge, OutcomeCode } from './knowledge.ts';
import { go, type Move, type Step, type StepName } from './move.ts';
import { perform } from './perform.ts';
import { steps } from './steps.ts';
import { shares } from './time-budget.ts';

/** The end of a run: its outcome, its knowledge and its effects. */
export interface Ending {
  readonly outcome: OutcomeCode;
  readonly knowledge: Knowledge;
  readonly effects: Effects;
}

/** Onboards the customer of a context from whatever state is on record. Credentials that no vault accepts are held and offered again. */
export async function runWorkflow(context: Context): Promise<Ending> {
  const effects = openEffects(context, new DomainRecord(context.services.table, context.domain));
  // In parallel with the record, but not while Partner Center throttles: the repeat of a completed onboarding needs no check.
  if (!isThrottled(context.services.partner)) {
    effects.checking = checkCustomer(context);
    effects.checking.catch(() => undefined);
    for (const vault of context.services.vaults) vault.warmUp(context).catch(() => undefined);
  }
  const end = await withLease(effects, () => follow(effects, go('read', { fingerprint: context.fingerprint })));
  if ('outcome' in end) return { ...end, effects };
  return holdOn(effects, end.knowledge);
}

/** Follows the steps to an outcome, or to the point where only this process holds the credentials. */
async function follow(effects: Effects, first: Move): Promise<Move> {
  let move = first;
  do {
    if ('outcome' in move) return move;
    move = await performStep(effects, move.step, move.knowledge, steps[move.step] as Step<Effect>);
  } while ('outcome' in move || move.step !== 'held');
  return move;
}

async function performStep<E extends Effect>(
  effects: Effects,
  name: StepName,
  before: Knowledge,
  step: Step<E>,
): Promise<Move> {
  const performed: (effects: Effects, known: Knowledge, name: StepName, step: Step<E>) => Promise<Answers[E]> =
    perform[step.effect];
  const answer = await performed(effects, before, name, step);
  const { row } = effects.record;
  const known = step.effect === 'compareAndSet' && answer === 'done' ? { ...before, row } : before;
  return step.next(known, answer, factsOf(effects, known, name));
}

/** Renews the lease while the call lives, so that only the lease of a dead call expires. The lease of a reset is long enough without renewal. */
async function withLease<T>({ context, record }: Effects, work: () => Promise<T>): Promise<T> {
  const every = (context.services.settings.onboardingLeaseSeconds * 1000) / 3;
  const timer = setInterval(() => {
    if (record.leaseLeft() === 0 || record.row?.state === 'Resetting') return;
    void record.renew({ log: context.log, deadline: Deadline.after(every) }).catch(() => undefined);
  }, every);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** Holds the credentials in memory, records that, and keeps offering them to the vaults. */
async function holdOn(effects: Effects, knowledge: Knowledge): Promise<Ending> {
  const { context, record } = effects;
  const { customerId, commerceId, adminUserName } = knowledge;
  const ids = {
    ...(customerId === undefined ? {} : { customerId }),
    ...(commerceId === undefined ? {} : { commerceId }),
    ...(adminUserName === undefined ? {} : { adminUserName }),
  };
  const outcome = 'CredentialsNotStored';
  const current = knowledge.current ?? 0;
  const call = { log: context.log, deadline: context.deadline };
  if (record.leaseLeft() > 0) await record.renew(call, { ...ids, current, outcome }).catch(() => undefined);
  let at = knowledge;
  const offer = async (): Promise<boolean> => {
    effects.context = {
      ...context,
      deadline: Deadline.after(context.deadline.total),
      log: createBackgroundLog({ correlationId: context.correlationId }),
    };
    const end = await follow(effects, go('held', at));
    at = end.knowledge;
    return 'outcome' in end;
  };
  const pause = context.deadline.share(shares.offer);
  context.services.held.hold(context.domain, { fingerprint: context.fingerprint, customerId, offer }, pause);
  return { outcome, knowledge, effects };
}
