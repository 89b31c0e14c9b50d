import registration from '../data/org-registration-countries.json' with { type: 'json' };
import type { ErrorDetail } from '../errors/onboarding-error.ts';
import type { CountryRules } from '../partner-center/read-country-rules.ts';
import { matchesPattern } from './country-pattern.ts';
import type { CustomerPayload } from './payload.ts';

const needsNumber = new Set(registration.requiredFor);
const needsPhone = new Set(registration.phoneNumberRequiredFor);

/** Holds a payload against the rules of its country; gives every breach. A rule that Partner Center leaves out is no rule. */
export function checkCountryRules(payload: CustomerPayload, rules: CountryRules | undefined): ErrorDetail[] {
  if (!rules)
    return [detail('country', 'Partner Center has no rules for this country: customers cannot be created there.')];
  const { country, city, state, postalCode, phoneNumber, culture, organizationRegistrationNumber: number } = payload;
  const breaches: (ErrorDetail | false)[] = [
    missing(rules.cityRequired, 'city', city),
    missing(rules.stateRequired, 'state', state),
    missing(rules.postalCodeRequired, 'postalCode', postalCode),
    missing(needsPhone.has(country) || rules.phoneNumberRequired, 'phoneNumber', phoneNumber),
    missing(needsNumber.has(country) || rules.registrationNumberRequired, 'organizationRegistrationNumber', number),
    broken(rules.postalCodePattern, 'postalCode', postalCode),
    broken(rules.phoneNumberPattern, 'phoneNumber', phoneNumber),
    broken(rules.registrationNumberPattern, 'organizationRegistrationNumber', number),
    unlisted(rules.supportedStates, 'state', state),
    unlisted(rules.supportedCultures, 'culture', culture),
  ];
  return breaches.filter((breach) => breach !== false);
}

function detail(target: string, message: string): ErrorDetail {
  return { code: 'CountryRule', target, message };
}

function missing(required: boolean, target: string, value: string | undefined): ErrorDetail | false {
  return required && value === undefined && detail(target, 'Add this field: the country requires it.');
}

function broken(pattern: string | undefined, target: string, value: string | undefined): ErrorDetail | false {
  if (pattern === undefined || value === undefined || matchesPattern(pattern, value) !== false) return false;
  return detail(target, 'Write it in the form that the country uses.');
}

function unlisted(list: readonly string[] | undefined, target: string, value: string | undefined): ErrorDetail | false {
  if (!list || value === undefined || list.some((item) => item.toLowerCase() === value.toLowerCase())) return false;
  const some = list.slice(0, 60).join(', ');
  return detail(target, `Choose one that Partner Center lists for the country: ${some}.`);
}
