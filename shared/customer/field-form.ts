import postalCodes from '../data/postal-code-samples.json' with { type: 'json' };
import { matchesPattern } from '../partner-center/country-pattern.ts';
import type { CountryRules } from '../partner-center/read-country-rules.ts';

const postalCodeSamples = new Map(Object.entries(postalCodes));

/** The right form of a field: an example, or a sentence with the values of the country. */
export type Form = { readonly example: string } | { readonly sentence: string };

/** The right form of a field with country rules, from Partner Center's rules or from our own samples; undefined if it is not known. */
export function findForm(target: string, country: string, rules: CountryRules): Form | undefined {
  switch (target) {
    case 'state':
      return rules.supportedStates && { sentence: `This country's values are: ${inWords(rules.supportedStates)}` };
    case 'postalCode':
      return findExample(rules.postalCodePattern, writeDifferently(postalCodeSamples.get(country)));
    case 'phoneNumber':
      return nameCallingCodes(rules.callingCodes);
    case 'organizationRegistrationNumber':
      return findExample(rules.registrationNumberPattern, [rules.registrationNumberSample]);
    default:
      return undefined;
  }
}

/** A form as the end of a sentence, without its full stop; empty if there is none. */
export function asClause(form: Form | undefined): string {
  if (form === undefined) return '';
  return 'example' in form ? `, for example ${form.example}` : `. ${form.sentence}`;
}

/** A form as a sentence of its own, without its full stop. */
export function asSentence(form: Form): string {
  return 'example' in form ? `For example: ${form.example}` : form.sentence;
}

/** The first sample that matches the rule: one that does not match would mislead. */
function findExample(pattern: string | undefined, samples: readonly (string | undefined)[]): Form | undefined {
  const found = samples.find(
    (sample) => sample !== undefined && (pattern === undefined || matchesPattern(pattern, sample) !== false),
  );
  return found === undefined ? undefined : { example: found.slice(0, 100) };
}

/** Variants of a sample postal code: unchanged, without spaces and dashes, and also without its country letters. */
function writeDifferently(sample = ''): string[] {
  const plain = sample.replaceAll(/[ -]/g, '');
  return [sample, plain, plain.replace(/^[A-Z]{2}(?=\d)/, '')].filter((one) => one !== '');
}

function nameCallingCodes(codes: readonly string[] | undefined): Form | undefined {
  const known = (codes ?? []).filter((code) => /\d/.test(code)).map((code) => `+${code.replace(/^\+/, '')}`);
  return known.length > 0 ? { sentence: `This country's calling codes are: ${inWords(known)}` } : undefined;
}

/** Longer than any valid value of such a field. */
const longestItem = 100;

/** Joins a list with commas. A list that is too long for the response is cut, and the text says so. */
export function inWords(items: readonly string[]): string {
  const shown = items.filter((item) => item.length <= longestItem).slice(0, 300);
  const more = items.length - shown.length;
  return shown.join(', ') + (more > 0 ? `, and ${more} more that ${more === 1 ? 'is' : 'are'} not shown here` : '');
}
