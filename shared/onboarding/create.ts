import { OnboardingError } from '../errors/onboarding-error.ts';
import { sleep, type Moment } from '../network/clock.ts';
import { backoff } from '../network/retry.ts';
import { probeDomain } from '../partner-center/probe-domain.ts';
import { createCustomer, type CreateOutcome } from '../partner-center/create-customer.ts';
import { keepCreated } from './keep-created.ts';
import { lookUpOwner } from './look-up-owner.ts';
import { outcomeUnknown } from './open-outcomes.ts';
import type { Onboarded } from './onboarded.ts';
import { releaseLease } from './record/append-event.ts';
import type { Started } from './record/events.ts';
import { readRecord } from './record/read-record.ts';
import { resolveExisting, type Existing } from './resolve-existing.ts';
import { believeRefusal } from './believe-refusal.ts';
import { inSeconds } from '../network/retry-after.ts';
import { retrySoon } from './retry-soon.ts';
import { storingShare, type Run } from './run.ts';

/** A create that is about to be sent: on record already, with the exact bytes. */
export interface Attempt {
  readonly started: Started;
  readonly body: string;
  /** When the lease began: taken before its writing, so that it is never thought longer than it is. */
  readonly leaseSince: Moment;
  /** True for the first create that was ever sent for this request id. */
  readonly first: boolean;
  /** True where an earlier call sent a create under this very start, which may still be in flight. */
  readonly reused: boolean;
}

/** Sends the create until its outcome is known or the time is up, always with the same request id and bytes, and sees the outcome through. */
export async function create(run: Run, attempt: Attempt): Promise<Onboarded> {
  const { requestId, correlationId } = attempt.started;
  // A repeat that is not answered is followed by a look-up, which takes its time too.
  const deadline = run.deadline.keepingBack(storingShare(run.deadline) + (attempt.first ? 0 : run.deadline.share(0.2)));
  const customer = { domain: run.domain, body: attempt.body, requestId, correlationId };
  let unanswered = attempt.reused;
  let doubted = false;
  for (let tried = 1; ; tried++) {
    const outcome = await createCustomer(run.partner, customer, { deadline, log: run.log });
    if (outcome.kind === 'created') return keepCreated(run, attempt, outcome);
    const { kind } = outcome;
    if (!doubted && (kind === 'refused' || (kind === 'exists' && outcome.status === 400))) {
      await believeRefusal(run, attempt.started, outcome);
      // Refused, and yet the domain exists: the same request may still be answered with the customer.
      doubted = true;
      unanswered ||= kind === 'refused';
      if (kind === 'refused') continue;
    }
    if (outcome.kind === 'unknown') unanswered = true;
    else if (outcome.kind !== 'throttled') return settle(run, attempt, outcome, unanswered);
    const wait = Math.max(outcome.retryAfter ?? 0, backoff(tried, run.deadline));
    if (tried < 4 && wait < deadline.remaining()) {
      await sleep(wait);
      continue;
    }
    if (unanswered) return lookAround(run, attempt, outcome.retryAfter);
    // The lease is kept: callers that repeat while Partner Center throttles go on under it instead of adding to the record.
    run.turnedAway.add(attempt.started);
    const retryAfter = outcome.retryAfter === undefined ? retrySoon(run.deadline) : inSeconds(outcome.retryAfter);
    throw new OnboardingError('Throttled', { retryAfter });
  }
}

/** The create is not answered. When that is so again on a later call, the customer may be found by looking for it. */
async function lookAround(run: Run, { started, first }: Attempt, pause: number | undefined): Promise<Onboarded> {
  const { requestId } = started;
  const call = { deadline: run.deadline, log: run.log };
  const taken = !first && (await probeDomain(run.partner, run.domain, call).catch(() => 'unknown')) === 'taken';
  if (taken) {
    const record = await readRecord(run.vaults, run.base, run).catch(() => undefined);
    const owner = record?.whole
      ? await lookUpOwner(run, record, run.payload.companyName).catch(() => undefined)
      : undefined;
    if (owner?.kind === 'ours' && owner.started.requestId === requestId) {
      return afterCreate(run, { own: started, unanswered: true, proven: { started, customerId: owner.customerId } });
    }
  }
  throw outcomeUnknown(run, 'the create was not answered', { requestId, pause });
}

type Settled = Exclude<CreateOutcome, { kind: 'created' | 'unknown' | 'throttled' }>;

async function settle(run: Run, attempt: Attempt, outcome: Settled, unanswered: boolean): Promise<Onboarded> {
  const own = attempt.started;
  if (outcome.kind === 'sign-in-failed') {
    if (unanswered) throw outcomeUnknown(run, 'an earlier create was not answered', { requestId: own.requestId });
    await releaseLease(run, own);
    throw outcome.error;
  }
  if (outcome.kind === 'created-without-password') {
    return afterCreate(run, { own, unanswered, proven: { started: own, customerId: outcome.customerId } });
  }
  return afterCreate(run, { own, unanswered, sole: attempt.first && !unanswered });
}

/** The domain exists after a create of ours: "this call created nothing" may not be said any more. */
async function afterCreate(run: Run, existing: Existing & { own: Started }): Promise<Onboarded> {
  try {
    return await resolveExisting(run, existing);
  } catch (error) {
    if (existing.sole || !(error instanceof OnboardingError) || error.code !== 'VaultUnavailable') throw error;
    const customerId = existing.proven?.customerId;
    throw outcomeUnknown(run, 'the vaults went away', { requestId: existing.own.requestId, customerId });
  }
}
