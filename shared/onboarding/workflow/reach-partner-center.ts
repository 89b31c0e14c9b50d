import { generatePassword } from '../../credentials/generate-password.ts';
import { adminUserName } from '../../credentials/secret-names.ts';
import { buildCustomerBody, deriveRequestId } from '../../customer/request-body.ts';
import { OnboardingError } from '../../errors/onboarding-error.ts';
import { sleep } from '../../network/clock.ts';
import { retryPolicies } from '../../network/retry-policies.ts';
import { backoff } from '../../network/retry.ts';
import { createCustomer, type CreateOutcome } from '../../partner-center/create-customer.ts';
import { probeDomain } from '../../partner-center/probe-domain.ts';
import { findUser, lacksPrivileges, resetPassword } from '../../partner-center/reset-password.ts';
import type { Attempt } from '../../record/row.ts';
import { toOnboardingError } from '../to-onboarding-error.ts';
import type { Effects } from './effects.ts';
import type { Answers, CreateAnswer, Ids, Knowledge } from './knowledge.ts';
import { ownerOf } from './reach-vaults.ts';
import { shares } from './time-budget.ts';

/** Sends the create of an attempt, always with the same idempotency key and bytes; a throttled create is repeated within the retry budget. */
export async function sendCreate(effects: Effects, attempt: Attempt, known: Knowledge): Promise<CreateAnswer> {
  const { context } = effects;
  const { payload, domain, deadline, log, services } = context;
  const body = buildCustomerBody(payload, attempt);
  // Another release may build a different body: then this request cannot be repeated, only reconciled.
  if (deriveRequestId(domain, body, attempt.number) !== attempt.requestId) return { kind: 'exists' };
  const { requestId, createCorrelationId: correlationId } = attempt;
  const reserve = shares.store + (known.onlyCreate === undefined ? shares.reconcile : 0);
  const limited = deadline.keepingBack(deadline.share(reserve));
  const tries = known.unanswered ?? 0;
  if (tries > 0) await sleep(pauseBefore(effects, tries));
  for (let tried = 1; ; tried++) {
    const outcome = await createCustomer(
      services.partner,
      { domain, body, requestId, correlationId },
      { deadline: limited, log },
    );
    effects.retryAfter = 'retryAfter' in outcome ? outcome.retryAfter : undefined;
    const wait = pauseBefore(effects, tried);
    if (outcome.kind !== 'throttled' || tried >= retryPolicies.createCustomer.attempts || wait >= limited.remaining())
      return readOutcome(effects, attempt, outcome);
    await sleep(wait);
  }
}

/** Milliseconds before a create is repeated: Partner Center's `Retry-After`, but at least the backoff. */
export function pauseBefore({ retryAfter, context }: Effects, tried: number): number {
  return Math.max(retryAfter ?? 0, backoff(tried, context.deadline));
}

/** The password goes to the effects; the answer only says that there is one. */
function readOutcome(effects: Effects, attempt: Attempt, outcome: CreateOutcome): CreateAnswer {
  const { context } = effects;
  switch (outcome.kind) {
    case 'created': {
      const { userName, password, customerId } = outcome;
      const owner = ownerOf(context, attempt, attempt.createCorrelationId);
      effects.credentials = { userName, password, customerId, owner };
      return { kind: 'password', ...idsOf(outcome), ...unusual(userName, context.domain) };
    }
    case 'created-without-password':
      return { kind: 'noPassword', ...idsOf(outcome), ...unusual(outcome.userName, context.domain) };
    case 'refused':
      effects.refusal = { status: outcome.status, code: outcome.code, target: outcome.target };
      return { kind: 'refused' };
    case 'sign-in-failed':
      effects.failure = outcome.error;
      return { kind: 'signInFailed' };
    case 'unknown':
      return { kind: 'unanswered' };
    default:
      return { kind: outcome.kind };
  }
}

function idsOf({ customerId, commerceId }: { customerId: string; commerceId?: string | undefined }): Ids {
  return { customerId, ...(commerceId === undefined ? {} : { commerceId }) };
}

function unusual(userName: string, domain: string): Ids {
  return userName === adminUserName(domain) ? {} : { adminUserName: userName };
}

/** Whether the domain exists; `unknown` if Partner Center does not respond, with the failure kept for the response. */
export async function probe(effects: Effects): Promise<Answers['probe']> {
  const { services, domain, deadline, log } = effects.context;
  try {
    return await probeDomain(services.partner, domain, { deadline, log });
  } catch (error) {
    keepFailure(effects, error);
    return 'unknown';
  }
}

/** Finds the administrator whose password is to be reset; reads only. */
export async function findAdministrator(effects: Effects, known: Knowledge): Promise<Answers['findAdministrator']> {
  const { services, domain, deadline, log } = effects.context;
  const name = known.adminUserName ?? known.row?.adminUserName ?? adminUserName(domain);
  const customerId = known.customerId ?? known.row?.customerId ?? '';
  try {
    effects.administrator = await findUser(services.partner, customerId, name, { deadline, log });
    return effects.administrator === undefined ? 'unknown' : 'found';
  } catch (error) {
    if (lacksPrivileges(error)) return forbid(effects);
    keepFailure(effects, error);
    return 'unknown';
  }
}

/** Sets a new password within half of the remaining lease: the request must have arrived or timed out before the lease expires. */
export async function setPassword(
  effects: Effects,
  attempt: Attempt,
  known: Knowledge,
): Promise<Answers['resetPassword']> {
  const { context, record, administrator: userId = '' } = effects;
  const { services, deadline, log, correlationId, domain } = context;
  const customerId = known.customerId ?? known.row?.customerId ?? '';
  const password = generatePassword();
  const limited = deadline.within(Math.min(deadline.share(shares.reset), record.leaseLeft() / 2));
  log('error', 'PasswordReset', { customerId, requestId: attempt.requestId });
  try {
    await resetPassword(services.partner, { customerId, userId, password }, { deadline: limited, log });
  } catch (error) {
    return lacksPrivileges(error) ? forbid(effects) : 'unanswered';
  }
  const userName = known.adminUserName ?? known.row?.adminUserName ?? adminUserName(domain);
  effects.credentials = { userName, password, customerId, owner: ownerOf(context, attempt, correlationId) };
  return 'done';
}

function forbid(effects: Effects): 'forbidden' {
  effects.lossReason = 'gdap-roles-missing';
  return 'forbidden';
}

function keepFailure(effects: Effects, error: unknown): void {
  const failure = toOnboardingError(error, effects.context);
  if (error instanceof OnboardingError || failure.code !== 'PartnerCenterError') effects.failure = failure;
}
