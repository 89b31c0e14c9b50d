import { errorCodes } from '../errors/error-codes.ts';
import { OnboardingError, type ErrorDetail } from '../errors/onboarding-error.ts';
import { beforeDeadline } from '../network/deadline.ts';
import { probeDomain } from '../partner-center/probe-domain.ts';
import { readCountryRules } from '../partner-center/read-country-rules.ts';
import { signInShare } from '../partner-center/sign-in/sign-in.ts';
import { validateAddress } from '../partner-center/validate-address.ts';
import { checkCountryRules } from '../customer/country-rules.ts';
import { findForm } from '../customer/field-form.ts';
import { buildAddress, type Enrichment } from '../customer/request-body.ts';
import { enrich } from '../customer/enrich.ts';
import { addressModeOf, judgeAddress } from '../customer/judge-address.ts';
import type { Context } from './context.ts';
import type { FormOf } from './refusal-details.ts';
import { shares } from './workflow/time-budget.ts';
import { toOnboardingError } from './to-onboarding-error.ts';

/** The result of the checks: the enrichment, and every failure. */
export interface Checked {
  readonly domain: 'free' | 'taken' | 'unknown';
  readonly enrichment: Enrichment;
  readonly warnings: readonly ErrorDetail[];
  /** For a refusal by Partner Center; undefined where the rules are not known. */
  readonly formOf: FormOf;
  /** Why the customer cannot be created, apart from the domain. */
  readonly failures: readonly OnboardingError[];
}

/** Checks domain, country rules and address in parallel and collects all findings; never rejects. */
export async function checkCustomer(context: Context): Promise<Checked> {
  const { services, payload, deadline, log } = context;
  const { partner, settings } = services;
  const patient = { deadline: deadline.within(deadline.share(signInShare)), log };
  // A wait requested by Entra must not use up the time of the checks, and a slow check must leave time for the rest of the call.
  const begun = partner.signIn.accessToken(patient).then(() => ({
    deadline: deadline.keepingBack(deadline.share(shares.store)).within(deadline.share(shares.checks)),
    log,
  }));
  // Cached rules need no token, so their findings are reported even if the sign-in fails.
  const reading = readCountryRules(partner, payload.country, patient);
  reading.catch(() => undefined);
  const what = { upstream: 'partner-center', operation: 'readCountryRules' } as const;
  const ruled = begun.then(
    (call) => beforeDeadline(call.deadline, what, () => reading),
    () => reading,
  );
  const enriched = ruled.then(
    (known) => enrich(payload, known, settings),
    () => enrich(payload, undefined, settings),
  );
  // A state in two letters is spelled without the rules; any other is sent as they spell it, here as in the create.
  const isSpelled = payload.state === undefined || /^[a-z]{2}$/i.test(payload.state);
  const address = isSpelled
    ? Promise.resolve(buildAddress(payload))
    : enriched.then((enrichment) => buildAddress(payload, enrichment));
  const isValidated = settings.addressValidation !== 'off';
  const [domain, rules, verdict] = await Promise.allSettled([
    begun.then((call) => probeDomain(partner, payload.domain, call)),
    ruled,
    isValidated ? begun.then(async (call) => validateAddress(partner, await address, call)) : undefined,
  ]);
  const failures: OnboardingError[] = [];
  const known = rules.status === 'fulfilled' ? rules.value : undefined;
  const breaches = rules.status === 'fulfilled' ? checkCountryRules(payload, known) : [];
  if (breaches.length > 0) failures.push(withDetails('CountryRule', breaches));
  const judged = judgeAddress(
    verdict.status === 'fulfilled' ? verdict.value : undefined,
    await address,
    addressModeOf(payload, settings),
  );
  if (judged.refusals.length > 0) failures.push(withDetails('AddressNotVerified', judged.refusals));
  for (const check of [domain, rules, verdict]) {
    if (check.status === 'rejected') failures.push(toOnboardingError(check.reason, context));
  }
  return {
    domain: domain.status === 'fulfilled' ? domain.value : 'unknown',
    enrichment: await enriched,
    warnings: judged.warnings,
    formOf: (target) => known && findForm(target, payload.country, known),
    failures,
  };
}

function withDetails(code: 'CountryRule' | 'AddressNotVerified', details: readonly ErrorDetail[]): OnboardingError {
  const target = details[0]?.target;
  return new OnboardingError(code, { details, ...(target === undefined ? {} : { target }) });
}

const order = ['DomainTaken', 'AlreadyOnboarded', 'CountryRule', 'AddressNotVerified'];

/** Combines several errors into one: conflicts first, then country rules, the address, and failures of services; the others become details. */
export function combineFailures(failures: readonly OnboardingError[]): OnboardingError {
  const rank = ({ code }: OnboardingError): number => (order.includes(code) ? order.indexOf(code) : order.length);
  const [first = new OnboardingError('InternalError'), ...others] = failures.toSorted((a, b) => rank(a) - rank(b));
  const details = others.flatMap(({ code, message, facts }) =>
    facts.details?.length
      ? facts.details
      : [{ code, message: errorCodes[code].message === message ? errorCodes[code].title : message }],
  );
  const unique = details.filter(
    (one, index) =>
      details.findIndex(
        (other) => other.code === one.code && other.target === one.target && other.message === one.message,
      ) === index,
  );
  return new OnboardingError(first.code, { ...first.facts, details: [...(first.facts.details ?? []), ...unique] });
}
