import { findCulture, isCountry } from '../data/locales.ts';
import { OnboardingError, type ErrorDetail } from '../errors/onboarding-error.ts';
import type { CustomerRequest } from '../schema/customer-request-type.ts';
import { customerRequestSchema } from '../schema/customer-request.ts';
import validateCustomerRequest from '../schema/validate-customer-request.generated.cjs';
import type { Settings } from '../settings/settings.ts';
import { fullDomain } from './domain.ts';
import { describeFaults } from './payload-faults.ts';

/** A payload in its normal form: trimmed, NFC, full domain, upper-case country, culture in its usual spelling, nothing blank. */
export type CustomerPayload = CustomerRequest;

/** Checks and normalises what a caller sent; throws `InvalidPayload` with every fault at once (README, "Call it"). */
export function readPayload(body: unknown, settings: Settings): CustomerPayload {
  const trimmed = withoutBlanks(trimTexts(body));
  const faults = validateCustomerRequest(trimmed) ? [] : describeFaults(validateCustomerRequest.errors ?? []);
  if (!isRecord(trimmed)) throw invalid(faults);
  const wrong = new Set(faults.map(({ target }) => target));
  const text = (field: string): string | undefined => {
    const value = trimmed[field];
    return typeof value === 'string' && !wrong.has(field) ? value : undefined;
  };
  const complain = (target: string, message: string): void => void faults.push({ code: 'Invalid', target, message });

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
  if (text('associatedPartnerId') !== undefined && settings.partnerAuthFlow === 'app') {
    complain(
      'associatedPartnerId',
      'Leave it out: onboarding for an indirect reseller needs PARTNER_AUTH_FLOW app+user.',
    );
  }
  if (faults.length > 0) throw invalid(faults);
  const normal = {
    ...trimmed,
    domain: full,
    country,
    ...(culture === undefined ? {} : { culture }),
    ...lowerCased(text, 'language'),
    ...lowerCased(text, 'associatedPartnerId'),
  };
  return normal as unknown as CustomerPayload;
}

function invalid(details: readonly ErrorDetail[]): OnboardingError {
  const target = details[0]?.target;
  return new OnboardingError('InvalidPayload', { details, ...(target === undefined ? {} : { target }) });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Power Automate and forms leave blanks around texts, and two ways of writing an accent must not make two payloads. */
function trimTexts(body: unknown): unknown {
  if (!isRecord(body)) return body;
  const entries = Object.entries(body);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === 'string' ? value.normalize('NFC').trim() : value]),
  );
}

const required = new Set<string>(customerRequestSchema.required);
const optionalTexts = new Set(
  Object.entries(customerRequestSchema.properties).flatMap(([name, { type }]) =>
    type === 'string' && !required.has(name) ? [name] : [],
  ),
);

/** An empty cell of a form is a field that was left out. */
function withoutBlanks(body: unknown): unknown {
  if (!isRecord(body)) return body;
  return Object.fromEntries(Object.entries(body).filter(([name, value]) => value !== '' || !optionalTexts.has(name)));
}

function lowerCased(text: (field: string) => string | undefined, field: string): Record<string, string> {
  const value = text(field)?.toLowerCase();
  return value === undefined ? {} : { [field]: value };
}
