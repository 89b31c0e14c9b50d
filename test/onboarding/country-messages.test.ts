import { expect, test } from 'vitest';
import { checkCountryRules } from '../../shared/customer/country-rules.ts';
import type { CountryRules } from '../../shared/partner-center/read-country-rules.ts';
import { readWith } from './read-with.ts';

const unruled: CountryRules = {
  stateRequired: false,
  cityRequired: false,
  postalCodeRequired: false,
  registrationNumberRequired: false,
  phoneNumberRequired: false,
};

test('shows the right form, and lists that are whole or say that they are cut', () => {
  const messageOf = (changes: Record<string, unknown>, rules: Partial<CountryRules>): string | undefined =>
    checkCountryRules(readWith(changes), { ...unruled, ...rules })[0]?.message;
  const states = Array.from({ length: 62 }, (_, index) => `S${index}`);
  expect(messageOf({ state: 'XX' }, { supportedStates: states })).toContain('S60, S61.');
  const many = Array.from({ length: 400 }, (_, index) => `S${index}`);
  expect(messageOf({ state: 'XX' }, { supportedStates: many })).toContain(', and 100 more that are not shown here.');
  expect(messageOf({ postalCode: '9' }, { postalCodePattern: '^\\d{5}$' })).toContain('for example 98052.');
  expect(messageOf({ postalCode: '9' }, { postalCodePattern: '^\\d{4}$' })).toBe("Use this country's format.");
  const number = { registrationNumberPattern: '^\\d{2}$', registrationNumberSample: '12' };
  expect(messageOf({ organizationRegistrationNumber: '1' }, number)).toContain('for example 12.');
  const phone = { phoneNumberPattern: '^\\d+$', callingCodes: ['1', '+44'] };
  expect(messageOf({ phoneNumber: 'x' }, phone)).toContain('+1, +44.');
});
