import { OnboardingError, type ErrorFacts } from '../errors/onboarding-error.ts';
import type { ErrorCode } from '../errors/error-codes.ts';
import { isForeignVault } from '../key-vault/check-challenge.ts';
import { sleep } from '../network/clock.ts';
import { inSeconds } from '../network/retry-after.ts';
import { combineFailures } from './check-customer.ts';
import type { Context } from './context.ts';
import { rejected } from './refusal-details.ts';
import { retrySoon } from './retry-soon.ts';
import { canReset, type LossReason } from './workflow/facts.ts';
import type { OutcomeCode } from './workflow/knowledge.ts';
import { attemptOf } from './workflow/perform.ts';
import type { Ending } from './workflow/run-workflow.ts';
import { shares } from './workflow/time-budget.ts';

type Failure = Exclude<OutcomeCode, 'Succeeded' | 'Superseded'>;

/** Outcomes that are reported together with the findings of the checks. */
const together: readonly string[] = ['AlreadyOnboarded', 'DomainTaken', 'VaultUnavailable', 'RecordUnavailable'];

/** The error of a run that did not succeed, with its log line: the only place where an outcome becomes one. */
export async function toError(ending: Ending, outcome: Failure): Promise<OnboardingError> {
  const error = describe[outcome](ending);
  if (!together.includes(error.code)) return error;
  const { checking, context } = ending.effects;
  const found = checking && (await soonOf(context, checking, shares.findings));
  return combineFailures([error, ...(found?.failures ?? [])]);
}

/** What the checks find within a share of the whole call; undefined when they take longer. */
export function soonOf<T>({ deadline }: Context, checking: Promise<T>, share: number): Promise<T | undefined> {
  return Promise.race([checking, sleep(deadline.share(share)).then(() => undefined)]);
}

const describe: Readonly<Record<Failure, (ending: Ending) => OnboardingError>> = {
  AlreadyOnboarded: (ending) =>
    new OnboardingError('AlreadyOnboarded', { target: 'domain', customerId: customerOf(ending) }),
  DomainTaken: () => new OnboardingError('DomainTaken', { target: 'domain' }),
  RejectedByPartnerCenter({ effects, knowledge }) {
    const { requestId, refusal: recorded } = attemptOf(knowledge);
    const refusal = (knowledge.refused ? effects.refusal : undefined) ?? recorded ?? { status: 400 };
    const { status, target } = refusal;
    const domainTaken = knowledge.burnt === true;
    const code = refusal.code ?? `HTTP_${status}`;
    effects.context.log('warn', 'RejectedByPartnerCenter', { code, status, target, domainTaken, requestId });
    return rejected(refusal, domainTaken, effects.checked?.formOf);
  },
  CredentialsLost(ending) {
    const { effects, knowledge } = ending;
    const reset = canReset(effects.context.services.settings, attemptOf(knowledge), effects.record.now());
    return lost(ending, effects.lossReason ?? (reset === 'yes' ? 'gdap-roles-missing' : reset));
  },
  CredentialsNotStored(ending) {
    const { context } = ending.effects;
    const customerId = customerOf(ending);
    const { requestId } = attemptOf(ending.knowledge);
    context.log('error', 'CredentialsNotStored', { customerId, requestId });
    return new OnboardingError('CredentialsNotStored', { customerId, retryAfter: retrySoon(context.deadline) });
  },
  OutcomeUnknown(ending) {
    const { effects, knowledge } = ending;
    const { deadline, log } = effects.context;
    // A refused sign-in is for an operator, where no create of this call went unanswered.
    if (effects.failure && !knowledge.unanswered && !knowledge.sent) return effects.failure;
    const requestId = knowledge.row && attemptOf(knowledge).requestId;
    const why = knowledge.unanswered ? 'the create was not answered' : 'what happened cannot be confirmed yet';
    log('error', 'OutcomeUnknown', { why, requestId, customerId: customerOf(ending) });
    const retryAfter = inSeconds(effects.retryAfter ?? deadline.share(0.15));
    return new OnboardingError('OutcomeUnknown', { retryAfter, customerId: customerOf(ending) });
  },
  OnboardingInProgress: ({ effects }) => withRetry('OnboardingInProgress', effects.context, effects.leaseLeft),
  RecordUnavailable: ({ effects }) => effects.failure ?? withRetry('RecordUnavailable', effects.context),
  VaultUnavailable({ effects }) {
    const errors = [...effects.vaultErrors.values()];
    // Waiting does not help where every vault that failed has the wrong address.
    if (errors.length > 0 && errors.every(isForeignVault)) return new OnboardingError('ConfigurationError');
    return withRetry('VaultUnavailable', effects.context, effects.vaultWait);
  },
  ChecksFailed: ({ effects }) => combineFailures(effects.checked?.failures ?? []),
  Throttled: ({ effects }) => withRetry('Throttled', effects.context, effects.retryAfter),
  SignInFailed: ({ effects }) => effects.failure ?? new OnboardingError('PartnerAuthenticationFailed'),
};

function withRetry(code: ErrorCode, { deadline }: Context, milliseconds = 0): OnboardingError {
  const retryAfter = milliseconds > 0 ? inSeconds(milliseconds) : retrySoon(deadline);
  return new OnboardingError(code, { retryAfter });
}

function customerOf({ knowledge }: Ending): string | undefined {
  return knowledge.customerId ?? knowledge.row?.customerId;
}

const remedies: Readonly<Record<LossReason, string>> = {
  'app-only':
    'Set up App+User sign-in (PARTNER_AUTH_FLOW app+user) and send the request again within 24 hours of the creation: the password is then reset. Or ask Microsoft support to restore the administrator of this tenant.',
  'no-gdap':
    'The customer was created without GDAP, so only Microsoft support can restore the administrator of this tenant.',
  'no-reset-in-cloud':
    'This cloud does not let partners reset passwords: ask its support to restore the administrator of this tenant.',
  'gdap-roles-missing':
    'Assign the GDAP role Privileged Authentication Administrator for this customer to a security group of the integration account, then send the request again: the password is then reset.',
  'too-old':
    'The customer was created more than 24 hours ago, so the password is not reset automatically: reset it in Partner Center, or ask Microsoft support to restore the administrator of this tenant.',
};

/** The password cannot be recovered. The error line is what an alert finds. */
function lost(ending: Ending, reason: LossReason): OnboardingError {
  const customerId = customerOf(ending);
  ending.effects.context.log('error', 'CredentialsLost', { customerId, reason });
  return credentialsLost(customerId, reason);
}

/** The error for a password that cannot be recovered, with the remedy; writes nothing. */
export function credentialsLost(customerId: string | undefined, reason: LossReason): OnboardingError {
  const message = remedies[reason];
  const facts: ErrorFacts = {
    customerId,
    message: `The customer was created, but the first password of its administrator is lost. ${message}`,
    details: [{ code: 'Remedy', target: 'password', message }],
  };
  return new OnboardingError('CredentialsLost', facts);
}
