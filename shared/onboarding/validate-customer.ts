import { OnboardingError, type ErrorDetail } from '../errors/onboarding-error.ts';
import { checkCustomer, combineFailures, type Checked } from './check-customer.ts';
import type { Enrichment } from './customer-body.ts';
import { prepareRun, type Caller } from './onboard-customer.ts';
import { inProgress, notWhole } from './open-outcomes.ts';
import type { CustomerPayload } from './payload.ts';
import { leasesLeft, lostToStranger, type OnboardingRecord } from './record/fold.ts';
import { readRecord } from './record/read-record.ts';
import { settledBy } from './resolve-existing.ts';
import type { Run } from './run.ts';
import { toOnboardingError } from './to-onboarding-error.ts';
import type { OpenWorkplace } from './workplace.ts';

export interface Validation {
  readonly customer: CustomerPayload & Enrichment;
  readonly warnings: readonly ErrorDetail[];
}

/** Every check of a real call, with all findings together; creates and writes nothing. Rejects with `OnboardingError` only. */
export async function validateCustomer(workplace: OpenWorkplace, body: unknown, caller: Caller): Promise<Validation> {
  const run = prepareRun(workplace, body, caller);
  const [checked, read] = await Promise.all([
    checkCustomer(run),
    readRecord(run.vaults, run.base, run).catch((error: unknown) => toOnboardingError(error, run)),
  ]);
  const judged: Judgement =
    read instanceof OnboardingError ? { failures: [read] } : judgeRecord(run, read, checked.domain);
  const { succeeded } = read instanceof OnboardingError ? {} : read;
  const done = succeeded?.fingerprint === run.fingerprint ? succeeded : undefined;
  // A real call would answer from the record, whatever the checks say today.
  const failures = [...(judged.failures ?? []), ...(done ? [] : checked.failures)];
  if (failures.length > 0) throw combineFailures(failures);
  const { culture, language, enableGDAPByDefault } = done ?? checked.enrichment;
  return {
    customer: { ...run.payload, culture, language, enableGDAPByDefault },
    warnings: [...(judged.warnings ?? []), ...checked.warnings],
  };
}

interface Judgement {
  readonly failures?: readonly OnboardingError[];
  readonly warnings?: readonly ErrorDetail[];
}

function judgeRecord(run: Run, record: OnboardingRecord, domain: Checked['domain']): Judgement {
  const { lost, open } = record;
  try {
    if (settledBy(run, record))
      return warn(
        'AlreadyOnboarded',
        'This payload was onboarded already: a real call answers 200 and creates nothing.',
      );
  } catch (error) {
    if (error instanceof OnboardingError) return { failures: [error] };
    throw error;
  }
  if (lost) return warn('CredentialsLost', 'The password was declared lost, and can be reset: a real call does that.');
  if (!record.whole && domain === 'taken') return { failures: [notWhole(run)] };
  if (open.some(({ fingerprint }) => fingerprint === run.fingerprint)) {
    return warn(
      'OnboardingInProgress',
      'An onboarding of this payload is open: a real call takes it up where it stands.',
    );
  }
  const left = leasesLeft(record);
  if (open.length > 0 && left > 0) return { failures: [inProgress(run, left)] };
  if (domain !== 'taken') return {};
  if (record.started.length === 0 || lostToStranger(record))
    return { failures: [new OnboardingError('DomainTaken', { target: 'domain' })] };
  return warn(
    'DomainExists',
    'The domain exists and may come from an earlier attempt: a real call finds out whose it is.',
  );
}

function warn(code: string, message: string): { warnings: ErrorDetail[] } {
  return { warnings: [{ code, target: 'domain', message }] };
}
