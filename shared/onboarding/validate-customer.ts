import type { CustomerPayload } from '../customer/payload.ts';
import type { Enrichment } from '../customer/request-body.ts';
import { OnboardingError, type ErrorDetail } from '../errors/onboarding-error.ts';
import { inSeconds } from '../network/retry-after.ts';
import { DomainRecord, type ReadRow } from '../record/domain-record.ts';
import { currentAttempt } from '../record/row.ts';
import { statusOf } from '../record/status.ts';
import { checkCustomer, combineFailures } from './check-customer.ts';
import { openContext, type Caller, type Context } from './context.ts';
import { credentialsLost } from './outcomes.ts';
import type { Services } from './services.ts';
import { canReset } from './workflow/facts.ts';
import { toOnboardingError } from './to-onboarding-error.ts';

export interface Validation {
  readonly customer: CustomerPayload & Enrichment;
  readonly warnings: readonly ErrorDetail[];
}

/** Runs every check of an onboarding and returns all findings together; creates and writes nothing. Rejects with `OnboardingError` only. */
export async function validateCustomer(services: Services, body: unknown, caller: Caller): Promise<Validation> {
  const context = openContext(services, body, caller);
  const record = new DomainRecord(services.table, context.domain);
  const [checked, read] = await Promise.all([
    checkCustomer(context),
    record.read(context).catch((error: unknown) => toOnboardingError(error, context)),
  ]);
  const judged =
    read instanceof OnboardingError ? { failures: [read] } : judgeRecord(context, read, checked.domain, record.now());
  const attempt = read instanceof OnboardingError || !read.row ? undefined : currentAttempt(read.row);
  const done = 'done' in judged ? attempt : undefined;
  // An onboarding would respond from the record, whatever the checks find today.
  const failures = [...(judged.failures ?? []), ...(done ? [] : checked.failures)];
  if (failures.length > 0) throw combineFailures(failures);
  const { culture, language, enableGDAPByDefault } = done ?? checked.enrichment;
  return {
    customer: { ...context.payload, culture, language, enableGDAPByDefault, ...stateOf(checked.enrichment) },
    warnings: [...(judged.warnings ?? []), ...checked.warnings],
  };
}

interface Judgement {
  readonly failures?: readonly OnboardingError[];
  readonly warnings?: readonly ErrorDetail[];
  readonly done?: true;
}

/** What an onboarding would decide from the record, by the same facts. */
function judgeRecord(
  context: Context,
  { row, lease, left }: ReadRow,
  domain: 'free' | 'taken' | 'unknown',
  now: number,
): Judgement {
  const taken = { failures: [new OnboardingError('DomainTaken', { target: 'domain' })] };
  if (!row) return domain === 'taken' ? taken : {};
  const own = currentAttempt(row)?.fingerprint === context.fingerprint;
  const { customerId } = row;
  if (row.state === 'Succeeded' && own)
    return {
      done: true,
      ...warn('AlreadyOnboarded', 'This payload is already onboarded: an onboarding returns 200 and creates nothing.'),
    };
  if (row.state === 'Succeeded')
    return { failures: [new OnboardingError('AlreadyOnboarded', { target: 'domain', customerId })] };
  if (row.state === 'Refused') return domain === 'taken' && row.taken ? taken : exists(domain);
  if (!own && customerId !== undefined)
    return { failures: [new OnboardingError('AlreadyOnboarded', { target: 'domain', customerId })] };
  const attempt = currentAttempt(row);
  const reset = attempt && canReset(context.services.settings, attempt, now);
  if (statusOf(row, lease) === 'CredentialsLost' && reset !== 'yes' && reset !== undefined)
    return { failures: [credentialsLost(customerId, reset)] };
  if (statusOf(row, lease) === 'CredentialsLost')
    return warn(
      'CredentialsLost',
      'The first password cannot be recovered: an onboarding resets it if that is possible.',
    );
  if (own) return warn('OnboardingInProgress', 'An onboarding of this payload is open: the same request continues it.');
  if (lease === 'running')
    return { failures: [new OnboardingError('OnboardingInProgress', { retryAfter: inSeconds(left) })] };
  return exists(domain);
}

function exists(domain: 'free' | 'taken' | 'unknown'): Judgement {
  if (domain !== 'taken') return {};
  return warn(
    'DomainExists',
    'The domain exists and may belong to an earlier attempt: an onboarding determines its owner.',
  );
}

function warn(code: string, message: string): { warnings: ErrorDetail[] } {
  return { warnings: [{ code, target: 'domain', message }] };
}

function stateOf({ state }: Enrichment): { readonly state?: string } {
  return state === undefined ? {} : { state };
}
