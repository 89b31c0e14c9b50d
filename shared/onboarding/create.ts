import { OnboardingError } from '../errors/onboarding-error.ts';
import { sleep, type Moment } from '../network/clock.ts';
import { createCustomer, type CreateOutcome } from '../partner-center/create-customer.ts';
import { keepCreated } from './keep-created.ts';
import { outcomeUnknown } from './open-outcomes.ts';
import type { Onboarded } from './onboarded.ts';
import { releaseLease } from './record/append-event.ts';
import type { Started } from './record/events.ts';
import { resolveExisting } from './resolve-existing.ts';
import { believeRefusal } from './believe-refusal.ts';
import { inSeconds, retrySoon } from './retry-soon.ts';
import { storingShare, type Run } from './run.ts';

/** A create that is about to be sent: on record already, with the exact bytes. */
export interface Attempt {
  readonly started: Started;
  readonly body: string;
  /** When the lease began: taken before its writing, so that it is never thought longer than it is. */
  readonly leaseSince: Moment;
  /** True for the first create that was ever sent for this request id. */
  readonly first: boolean;
}

/** Sends the create until its outcome is known or the time is up, always with the same request id and bytes, and sees the outcome through. */
export async function create(run: Run, attempt: Attempt): Promise<Onboarded> {
  const { requestId, correlationId } = attempt.started;
  const deadline = run.deadline.keepingBack(storingShare(run.deadline));
  const customer = { domain: run.payload.domain, body: attempt.body, requestId, correlationId };
  let unanswered = false;
  let doubted = false;

  for (let tried = 1; ; tried++) {
    const outcome = await createCustomer(run.partner, customer, { deadline, log: run.log });
    if (outcome.kind === 'created') return keepCreated(run, attempt, outcome);
    if (outcome.kind === 'refused' && !doubted) {
      await believeRefusal(run, attempt.started, outcome);
      // Refused, and yet the domain exists: the same request may still be answered with the customer.
      doubted = true;
      unanswered = true;
      continue;
    }
    if (outcome.kind === 'unknown') unanswered = true;
    else if (outcome.kind !== 'throttled') return settle(run, attempt, outcome, unanswered);

    const backoff = Math.random() * Math.min(run.deadline.share(0.05), run.deadline.share(0.0025) * 2 ** tried);
    const wait = outcome.retryAfter ?? backoff;
    if (tried < 4 && wait < deadline.remaining()) {
      await sleep(wait);
      continue;
    }
    if (outcome.kind === 'throttled' && !unanswered) {
      // The lease is kept: callers that repeat while Partner Center throttles go on under it instead of adding to the record.
      throw new OnboardingError('Throttled', {
        retryAfter: outcome.retryAfter === undefined ? retrySoon(run.deadline) : inSeconds(outcome.retryAfter),
      });
    }

    throw outcomeUnknown(run, 'the create was not answered', { requestId });
  }
}

type Settled = Exclude<CreateOutcome, { kind: 'created' | 'unknown' | 'throttled' }>;

async function settle(run: Run, attempt: Attempt, outcome: Settled, unanswered: boolean): Promise<Onboarded> {
  const own = attempt.started;
  if (outcome.kind === 'sign-in-failed') {
    if (!unanswered) await releaseLease(run, own);
    throw outcome.error;
  }
  const withoutPassword = outcome.kind === 'created-without-password';
  const sole = attempt.first && !unanswered && !withoutPassword;
  const proven = withoutPassword ? { proven: { started: own, customerId: outcome.customerId } } : {};
  try {
    return await resolveExisting(run, { unanswered, own, sole, ...proven });
  } catch (error) {
    // "This call created nothing" may not be said once a create was sent.
    if (sole || !(error instanceof OnboardingError) || error.code !== 'VaultUnavailable') throw error;
    throw outcomeUnknown(run, 'the vaults went away', {
      requestId: own.requestId,
      customerId: proven.proven?.customerId,
    });
  }
}
