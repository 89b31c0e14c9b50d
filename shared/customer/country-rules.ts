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

/** Checks a payload against the rules of its country and returns all violations. A rule that Partner Center omits is not checked. */
export function checkCountryRules(payload: CustomerPayload, rules: CountryRules | undefined): ErrorDetail[] {
  if (!rules)
    return [detail('country', 'Partner Center has no rules for this country: customers cannot be created there.')];
  const { country, city, state, postalCode, phoneNumber, culture, organizationRegistrationNumber: number } = payload;
  const forms = describeForms(country, rules);
  const breaches: (ErrorDetail | false)[] = [
    missing(rules.cityRequired, 'city', city),
    missing(rules.stateRequired, 'state', state, forms.state),
    missing(rules.postalCodeRequired, 'postalCode', postalCode, forms.postalCode),
    missing(needsPhone.has(country) || rules.phoneNumberRequired, 'phoneNumber', phoneNumber, forms.phoneNumber),
    missing(
      needsNumber.has(country) || rules.registrationNumberRequired,
      'organizationRegistrationNumber',
      number,
      forms.organizationRegistrationNumber,
    ),
    broken(rules.postalCodePattern, 'postalCode', postalCode, forms.postalCode),
    broken(rules.phoneNumberPattern, 'phoneNumber', phoneNumber, forms.phoneNumber),
    broken(
      rules.registrationNumberPattern,
      'organizationRegistrationNumber',
      number,
      forms.organizationRegistrationNumber,
    ),
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

/** The expected format of the fields that have country rules, as the end of a sentence; empty if unknown. */
export type Forms = Readonly<Record<'state' | 'postalCode' | 'phoneNumber' | 'organizationRegistrationNumber', string>>;

/** Describes the expected format of these fields, from Partner Center's rules or from our own samples. */
export function describeForms(country: string, rules: CountryRules): Forms {
  const postalSamples = writeDifferently(postalCodeSamples.get(country));
  return {
    state: rules.supportedStates ? `. This country's values are: ${inWords(rules.supportedStates)}` : '',
    postalCode: forExample(fitting(rules.postalCodePattern, postalSamples)),
    phoneNumber: nameCallingCodes(rules.callingCodes),
    organizationRegistrationNumber: forExample(
      fitting(rules.registrationNumberPattern, [rules.registrationNumberSample]),
    ),
  };
}

/** The first sample that matches the rule: one that does not match would mislead. */
function fitting(pattern: string | undefined, samples: readonly (string | undefined)[]): string | undefined {
  return samples.find(
    (sample) => sample !== undefined && (pattern === undefined || matchesPattern(pattern, sample) !== false),
  );
}

/** Variants of a sample postal code: unchanged, without spaces and dashes, and also without its country letters. */
function writeDifferently(sample = ''): string[] {
  const plain = sample.replaceAll(/[ -]/g, '');
  return [sample, plain, plain.replace(/^[A-Z]{2}(?=\d)/, '')].filter((one) => one !== '');
}

function forExample(sample: string | undefined): string {
  return sample === undefined ? '' : `, for example ${sample.slice(0, 100)}`;
}

function nameCallingCodes(codes: readonly string[] | undefined): string {
  const known = (codes ?? []).filter((code) => /\d/.test(code)).map((code) => `+${code.replace(/^\+/, '')}`);
  return known.length > 0 ? `. This country's calling codes are: ${inWords(known)}` : '';
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

/** Longer than any valid value of such a field. */
const longestItem = 100;

/** Joins a list with commas. A list that is too long for the response is cut, and the text says so. */
function inWords(items: readonly string[]): string {
  const shown = items.filter((item) => item.length <= longestItem).slice(0, 300);
  const more = items.length - shown.length;
  return shown.join(', ') + (more > 0 ? `, and ${more} more that ${more === 1 ? 'is' : 'are'} not shown here` : '');
}
