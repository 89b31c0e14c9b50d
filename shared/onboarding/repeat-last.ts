import type { Moment } from '../network/clock.ts';
import { createCustomer } from '../partner-center/create-customer.ts';
import { buildCustomerBody, deriveRequestId } from './customer-body.ts';
import { keepCreated } from './keep-created.ts';
import type { Onboarded } from './onboarded.ts';
import { outcomeUnknown } from './open-outcomes.ts';
import type { Started } from './record/events.ts';
import { storingShare, type Run } from './run.ts';

/**
 * Before a password is declared lost, and under the claim that this needs: the same request once more. Earlier repeats may have met the
 * first one still running, and what they were answered says nothing about now. Undefined when no password comes.
 */
export async function repeatLast(
  run: Run,
  started: Started,
  claim: { owner: string; since: Moment },
): Promise<Onboarded | undefined> {
  const { domain } = run.payload;
  const { requestId, correlationId } = started;
  const body = buildCustomerBody(run.payload, started);
  if (deriveRequestId(domain, body, started.attempt) !== requestId) return undefined;
  const deadline = run.deadline.keepingBack(storingShare(run.deadline));
  const customer = { domain, body, requestId, correlationId };
  const outcome = await createCustomer(run.partner, customer, { deadline, log: run.log });
  switch (outcome.kind) {
    case 'created':
      return keepCreated(run, { started: { ...started, owner: claim.owner }, leaseSince: claim.since }, outcome);
    case 'unknown':
    case 'throttled':
      throw outcomeUnknown(run, 'the last repeat was not answered', { requestId, pause: outcome.retryAfter });
    case 'sign-in-failed':
      throw outcomeUnknown(run, 'the last repeat was not answered', { requestId });
    default:
      return undefined;
  }
}
