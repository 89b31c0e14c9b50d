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
  const numberSample = fitting(rules.registrationNumberPattern, [rules.registrationNumberSample]);
  const postalSample = fitting(rules.postalCodePattern, writeDifferently(postalCodeSamples.get(country)));
  const forms = {
    state: rules.supportedStates ? `. Its values are: ${inWords(rules.supportedStates)}` : '',
    postalCode: forExample(postalSample),
    phoneNumber: nameCallingCodes(rules.callingCodes),
    number: forExample(numberSample),
  };
  const breaches: (ErrorDetail | false)[] = [
    missing(rules.cityRequired, 'city', city),
    missing(rules.stateRequired, 'state', state, forms.state),
    missing(rules.postalCodeRequired, 'postalCode', postalCode, forms.postalCode),
    missing(needsPhone.has(country) || rules.phoneNumberRequired, 'phoneNumber', phoneNumber, forms.phoneNumber),
    missing(
      needsNumber.has(country) || rules.registrationNumberRequired,
      'organizationRegistrationNumber',
      number,
      forms.number,
    ),
    broken(rules.postalCodePattern, 'postalCode', postalCode, forms.postalCode),
    broken(rules.phoneNumberPattern, 'phoneNumber', phoneNumber, forms.phoneNumber),
    broken(rules.registrationNumberPattern, 'organizationRegistrationNumber', number, forms.number),
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

function missing(required: boolean, target: string, value: string | undefined, form = ''): ErrorDetail | false {
  return required && value === undefined && detail(target, `Add this field: the country requires it${form}.`);
}

function broken(
  pattern: string | undefined,
  target: string,
  value: string | undefined,
  form: string,
): ErrorDetail | false {
  if (pattern === undefined || value === undefined || matchesPattern(pattern, value) !== false) return false;
  return detail(target, `Use this country's format${form}.`);
}

/** The first sample that the rule takes: one that breaks the rule itself would mislead. */
function fitting(pattern: string | undefined, samples: readonly (string | undefined)[]): string | undefined {
  return samples.find(
    (sample) => sample !== undefined && (pattern === undefined || matchesPattern(pattern, sample) !== false),
  );
}

/** A postal code as it stands, without its blanks and dashes, and without the letters of its country. */
function writeDifferently(sample = ''): string[] {
  const plain = sample.replaceAll(/[ -]/g, '');
  return [sample, plain, plain.replace(/^[A-Z]{2}(?=\d)/, '')].filter((one) => one !== '');
}

function forExample(sample: string | undefined): string {
  return sample === undefined ? '' : `, for example ${sample.slice(0, 100)}`;
}

function nameCallingCodes(codes: readonly string[] | undefined): string {
  const known = (codes ?? []).filter((code) => /\d/.test(code)).map((code) => `+${code.replace(/^\+/, '')}`);
  return known.length > 0 ? `. Its calling codes are: ${inWords(known)}` : '';
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

/** Longer than any field that holds one of a list. */
const longestItem = 100;

/** A list in words, whole as far as an answer can hold it; a list that is cut says so. */
function inWords(items: readonly string[]): string {
  const shown = items.filter((item) => item.length <= longestItem).slice(0, 300);
  const more = items.length - shown.length;
  return shown.join(', ') + (more > 0 ? `, and ${more} more that ${more === 1 ? 'is' : 'are'} not shown here` : '');
}
