import registration from '../data/org-registration-countries.json' with { type: 'json' };
import postalCodes from '../data/postal-code-samples.json' with { type: 'json' };
import type { ErrorDetail } from '../errors/onboarding-error.ts';
import { matchesPattern } from '../partner-center/country-pattern.ts';
import type { CountryRules } from '../partner-center/read-country-rules.ts';
import type { CustomerPayload } from './payload.ts';
import { findState } from './state.ts';

const needsNumber = new Set(registration.requiredFor);
const needsPhone = new Set(registration.phoneNumberRequiredFor);
const postalCodeSamples = new Map(Object.entries(postalCodes));

/** Holds a payload against the rules of its country; gives every breach. A rule that Partner Center leaves out is no rule. */
export function checkCountryRules(payload: CustomerPayload, rules: CountryRules | undefined): ErrorDetail[] {
  if (!rules)
    return [detail('country', 'Partner Center has no rules for this country: customers cannot be created there.')];
  const { country, city, state, postalCode, phoneNumber, culture, organizationRegistrationNumber: number } = payload;
  const numberSample = rules.registrationNumberSample;
  const breaches: (ErrorDetail | false)[] = [
    missing(rules.cityRequired, 'city', city),
    missing(rules.stateRequired, 'state', state),
    missing(rules.postalCodeRequired, 'postalCode', postalCode),
    missing(needsPhone.has(country) || rules.phoneNumberRequired, 'phoneNumber', phoneNumber),
    missing(needsNumber.has(country) || rules.registrationNumberRequired, 'organizationRegistrationNumber', number),
    broken(rules.postalCodePattern, 'postalCode', postalCode, postalCodeSamples.get(country)),
    brokenPhone(rules, phoneNumber),
    broken(rules.registrationNumberPattern, 'organizationRegistrationNumber', number, numberSample),
    uninWords(rules.supportedStates, 'state', state, (text, list) => findState(text, list) !== undefined),
    uninWords(rules.supportedCultures, 'culture', culture, (text, list) =>
      list.some((item) => item.toLowerCase() === text.toLowerCase()),
    ),
  ];
  return breaches.filter((breach) => breach !== false);
}

function detail(target: string, message: string): ErrorDetail {
  return { code: 'CountryRule', target, message };
}

function missing(required: boolean, target: string, value: string | undefined): ErrorDetail | false {
  return required && value === undefined && detail(target, 'Add this field: the country requires it.');
}

function broken(
  pattern: string | undefined,
  target: string,
  value: string | undefined,
  sample: string | undefined,
): ErrorDetail | false {
  if (pattern === undefined || value === undefined || matchesPattern(pattern, value) !== false) return false;
  // A sample that breaks the rule itself would mislead.
  const shown = sample !== undefined && matchesPattern(pattern, sample) !== false ? sample.slice(0, 100) : undefined;
  return detail(target, `Use this country's format${shown === undefined ? '' : `, for example ${shown}`}.`);
}

function brokenPhone(
  { phoneNumberPattern, callingCodes }: CountryRules,
  value: string | undefined,
): ErrorDetail | false {
  const breach = broken(phoneNumberPattern, 'phoneNumber', value, undefined);
  if (!breach || !callingCodes) return breach;
  const codes = inWords(callingCodes.map((code) => `+${code.replace(/^\+/, '')}`));
  return detail('phoneNumber', `Use this country's format. Its calling codes are: ${codes}.`);
}

function uninWords(
  list: readonly string[] | undefined,
  target: string,
  value: string | undefined,
  isIn: (text: string, list: readonly string[]) => boolean,
): ErrorDetail | false {
  if (!list || value === undefined || isIn(value, list)) return false;
  return detail(target, `Use one of the values that Partner Center lists for this country: ${inWords(list)}.`);
}

/** A list in words, whole as far as an answer can hold it; a list that is cut says so. */
function inWords(items: readonly string[]): string {
  const shown = items.slice(0, 300).map((item) => item.slice(0, 60));
  const more = items.length - shown.length;
  return shown.join(', ') + (more > 0 ? `, and ${more} more that are not shown here` : '');
}
