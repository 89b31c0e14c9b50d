import { expect, test } from 'vitest';
import locales from '../../../shared/data/locales.json' with { type: 'json' };
import { checkCountryRules } from '../../../shared/customer/country-rules.ts';
import type { CountryRules } from '../../../shared/partner-center/read-country-rules.ts';
import { findCountryRules } from '../../local/partner-center/country-rules.ts';
import { readWith, unruled } from './read-with.ts';

const states = (count: number): string[] => Array.from({ length: count }, (_, index) => `S${index}`);
const postal = { postalCodeRequired: true, postalCodePattern: '^\\d{5}$' };
const numbered = { registrationNumberRequired: true, registrationNumberPattern: '^\\d{2}$' };
const format = "Use this country's format";
const required = 'Add this field: the country requires it';

test.each<[message: string, changes: Record<string, unknown>, rules: Partial<CountryRules>]>([
  ['S60, S61.', { state: 'XX' }, { supportedStates: states(62) }],
  [', and 100 more that are not shown here.', { state: 'XX' }, { supportedStates: states(400) }],
  [': S0, and 1 more that is not shown here.', { state: 'XX' }, { supportedStates: ['S0', 'x'.repeat(101)] }],
  [`: ${'x'.repeat(100)}.`, { state: 'XX' }, { supportedStates: ['x'.repeat(100)] }],
  [': de-DE, en-US.', { culture: 'fr-FR' }, { supportedCultures: ['de-DE', 'en-US'] }],
  [`${format}, for example 98052.`, { postalCode: '9' }, postal],
  [`${format}, for example 11000.`, { country: 'CZ', postalCode: '9' }, postal],
  [`${format}, for example 1010.`, { country: 'LV', postalCode: '9' }, { postalCodePattern: '^\\d{4}$' }],
  [`${format}.`, { postalCode: '9' }, { postalCodePattern: '^\\d{4}$' }],
  [
    `${format}, for example 12.`,
    { organizationRegistrationNumber: '1' },
    { ...numbered, registrationNumberSample: '12' },
  ],
  [`${format}.`, { organizationRegistrationNumber: '1' }, { ...numbered, registrationNumberSample: '123' }],
  [
    ". This country's calling codes are: +1, +44.",
    { phoneNumber: 'x' },
    { phoneNumberPattern: '^\\d+$', callingCodes: ['1', '+44'] },
  ],
  [`${format}.`, { phoneNumber: 'x' }, { phoneNumberPattern: '^\\d+$', callingCodes: [''] }],
  [
    `${required}. This country's calling codes are: +1.`,
    { phoneNumber: '' },
    { phoneNumberRequired: true, callingCodes: ['1'] },
  ],
  [`${required}, for example 98052.`, { postalCode: '' }, postal],
  [`${required}, for example 12.`, {}, { ...numbered, registrationNumberSample: '12' }],
  [
    `${required}. This country's values are: S0, S1.`,
    { state: '' },
    { stateRequired: true, supportedStates: states(2) },
  ],
  [`${required}.`, { city: '' }, { cityRequired: true }],
])('ends in %j', (message, changes, rules) => {
  const found = checkCountryRules(readWith(changes), { ...unruled, ...rules });
  expect(found.map((one) => one.message.slice(-message.length))).toContain(message);
});

const withPostalCodes = locales.filter(({ country }) => findCountryRules(country)?.rules.postalCodeRegex);

test.each(withPostalCodes)('has an example postal code for $country', ({ country }) => {
  const postalCodePattern = findCountryRules(country)?.rules.postalCodeRegex ?? '';
  const [found] = checkCountryRules(
    { ...readWith({ postalCode: '!' }), country },
    { ...unruled, postalCodePattern },
  ).filter(({ target }) => target === 'postalCode');
  expect(found?.message).toContain('for example');
});
