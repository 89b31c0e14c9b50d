import { findCulture, isCountry } from '../data/locales.ts';
import { OnboardingError, type ErrorDetail } from '../errors/onboarding-error.ts';
import type { CustomerRequest } from '../schema/customer-request-type.ts';
import validateCustomerRequest from '../schema/validate-customer-request.generated.cjs';
import type { Settings } from '../settings/settings.ts';
import { fullDomain } from './domain.ts';
import { hasKnownTopLevelDomain } from './email-domain.ts';
import { normalisePayload } from './normalise-payload.ts';
import { describeFaults, oncePerField, limitFaults } from './payload-faults.ts';

/** A normalised payload: normalised texts, full domain, upper-case country, culture in its usual spelling, no empty values. */
export type CustomerPayload = CustomerRequest;

/** Validates and normalises a request body. Throws `InvalidPayload` with all faults at once (README, "Call it"). */
export function readPayload(body: unknown, settings: Settings): CustomerPayload {
  const { fields, damaged } = isRecord(body) ? normalisePayload(body) : { damaged: [] };
  const found = validateCustomerRequest(fields ?? body) ? [] : describeFaults(validateCustomerRequest.errors ?? []);
  const faults = oncePerField([...damaged, ...found]);
  if (!fields) throw invalid(faults);
  const wrong = new Set(faults.map(({ target }) => target));
  const text = (field: string): string | undefined => {
    const value = fields[field];
    return typeof value === 'string' && !wrong.has(field) ? value : undefined;
  };
  const complain = (target: string, message: string, code = 'Invalid'): void =>
    void faults.push({ code, target, message });

  const domain = text('domain');
  const full = domain === undefined ? undefined : fullDomain(domain, settings);
  if (domain !== undefined && full === undefined) {
    complain('domain', `Send the prefix alone, or the prefix with ${settings.customerDomainSuffix}.`);
  }
  const code = text('country')?.toUpperCase();
  const country = code === 'UK' ? 'GB' : code;
  if (country !== undefined && !isCountry(country))
    complain('country', 'Send a two-letter country code of ISO 3166-1, such as US.');
  const written = text('culture');
  const culture = written === undefined ? undefined : findCulture(written);
  if (written !== undefined && culture === undefined)
    complain('culture', 'Send a culture that Partner Center knows, such as en-US.');
  const email = text('email');
  if (email !== undefined && email.lastIndexOf('@') > 64)
    complain('email', 'Send at most 64 characters before the @.', 'TooLong');
  else if (email !== undefined && !hasKnownTopLevelDomain(email, settings.emailExtraTlds))
    complain(
      'email',
      'Send an email address whose top-level domain exists, such as name@example.com. An operator can add a new one to EMAIL_EXTRA_TLDS.',
      'UnknownTopLevelDomain',
    );
  if (text('associatedPartnerId') !== undefined && settings.partnerAuthFlow === 'app') {
    complain(
      'associatedPartnerId',
      'Leave it out: onboarding for an indirect reseller needs PARTNER_AUTH_FLOW app+user.',
    );
  }
  if (faults.length > 0) throw invalid(faults);
  const normal = {
    ...fields,
    domain: full,
    country,
    ...(culture === undefined ? {} : { culture }),
    ...lowerCased(text, 'language'),
    ...lowerCased(text, 'associatedPartnerId'),
  };
  return normal as unknown as CustomerPayload;
}

function invalid(faults: readonly ErrorDetail[]): OnboardingError {
  const details = limitFaults(faults);
  const target = details[0]?.target;
  return new OnboardingError('InvalidPayload', { details, ...(target === undefined ? {} : { target }) });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function lowerCased(text: (field: string) => string | undefined, field: string): Record<string, string> {
  const value = text(field)?.toLowerCase();
  return value === undefined ? {} : { [field]: value };
}
