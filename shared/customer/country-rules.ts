import registration from '../data/org-registration-countries.json' with { type: 'json' };
import type { ErrorDetail } from '../errors/onboarding-error.ts';
import { matchesPattern } from '../partner-center/country-pattern.ts';
import type { CountryRules } from '../partner-center/read-country-rules.ts';
import type { CustomerPayload } from './payload.ts';
import { asClause, findForm, inWords } from './field-form.ts';
import { findState } from './state.ts';

const needsNumber = new Set(registration.requiredFor);
const needsPhone = new Set(registration.phoneNumberRequiredFor);
const registrationField = 'organizationRegistrationNumber';

/** Checks a payload against the rules of its country and returns all violations. A rule that Partner Center omits is not checked. */
export function checkCountryRules(payload: CustomerPayload, rules: CountryRules | undefined): ErrorDetail[] {
  if (!rules)
    return [detail('country', 'Partner Center has no rules for this country: customers cannot be created there.')];
  const { country, city, state, postalCode, phoneNumber, culture, organizationRegistrationNumber: number } = payload;
  const shown = (target: string): string => asClause(findForm(target, country, rules));
  const breaches: (ErrorDetail | false)[] = [
    missing(rules.cityRequired, 'city', city, shown),
    missing(rules.stateRequired, 'state', state, shown),
    missing(rules.postalCodeRequired, 'postalCode', postalCode, shown),
    missing(needsPhone.has(country) || rules.phoneNumberRequired, 'phoneNumber', phoneNumber, shown),
    missing(needsNumber.has(country) || rules.registrationNumberRequired, registrationField, number, shown),
    broken(rules.postalCodePattern, 'postalCode', postalCode, shown),
    broken(rules.phoneNumberPattern, 'phoneNumber', phoneNumber, shown),
    broken(rules.registrationNumberPattern, registrationField, number, shown),
    unlisted(rules.supportedStates, 'state', state, (text, list) => findState(text, list) !== undefined),
    unlisted(rules.supportedCultures, 'culture', culture, (text, list) =>
      list.some((item) => item.toLowerCase() === text.toLowerCase()),
    ),
  ];
  return breaches.filter((breach) => breach !== false);
}

function detail(target: string, message: string): ErrorDetail {
  return { code: 'CountryRule', target, message };
}

type Shown = (target: string) => string;

function missing(required: boolean, target: string, value: string | undefined, shown: Shown): ErrorDetail | false {
  return required && value === undefined && detail(target, `Add this field: the country requires it${shown(target)}.`);
}

function broken(
  pattern: string | undefined,
  target: string,
  value: string | undefined,
  shown: Shown,
): ErrorDetail | false {
  if (pattern === undefined || value === undefined || matchesPattern(pattern, value) !== false) return false;
  return detail(target, `Use this country's format${shown(target)}.`);
}

function unlisted(
  list: readonly string[] | undefined,
  target: string,
  value: string | undefined,
  isIn: (text: string, list: readonly string[]) => boolean,
): ErrorDetail | false {
  if (!list || value === undefined || isIn(value, list)) return false;
  return detail(target, `Use one of the values that Partner Center lists for this country: ${inWords(list)}.`);
}
