import { expect, test } from 'vitest';
import locales from '../../../shared/data/locales.json' with { type: 'json' };
import { enrich } from '../../../shared/customer/enrich.ts';
import type { CountryRules } from '../../../shared/partner-center/read-country-rules.ts';
import { findCountryRules } from '../../local/partner-center/country-rules.ts';
import { readWith, settingsWith } from './read-with.ts';

const none = { defaultCulture: undefined, defaultLanguage: undefined, enableGdapByDefault: undefined };
const unruled = {
  stateRequired: false,
  cityRequired: false,
  postalCodeRequired: false,
  registrationNumberRequired: false,
  phoneNumberRequired: false,
};

/** The part of a country's rules from which defaults are derived. */
function rulesOf(country: string): CountryRules {
  const { defaultCulture = '', supportedCulturesList: supportedCultures = [] } = findCountryRules(country)?.rules ?? {};
  return { ...unruled, defaultCulture, supportedCultures };
}

test('knows 248 countries', () => {
  expect(locales).toHaveLength(248);
});

test.each(locales)('finds culture and language of $country', ({ country, cultures }) => {
  const [first = ''] = cultures;
  const expected = { culture: first, language: first.slice(0, 2), enableGDAPByDefault: true };
  expect(enrich(readWith({ country }), rulesOf(country), none)).toEqual(expected);
  expect(enrich(readWith({ country }), unruled, none)).toEqual(expected);
  expect(enrich(readWith({ country }), undefined, none)).toEqual(expected);
});

test('uses en-US for a country that has no documented culture and no rule', () => {
  expect(enrich(readWith({ country: 'CU' }), unruled, none)).toMatchObject({ culture: 'en-US', language: 'en' });
});

test('prefers the rule of Partner Center to the documented list', () => {
  expect(enrich(readWith(), { ...unruled, defaultCulture: 'es-US' }, none)).toMatchObject({
    culture: 'es-US',
    language: 'es',
  });
});

test('ignores a rule that is not a culture', () => {
  for (const defaultCulture of ['', 'not a culture', '"<script>"'])
    expect(enrich(readWith(), { ...unruled, defaultCulture }, none)).toMatchObject({ culture: 'en-US' });
});

test.each(locales)('applies DEFAULT_CULTURE in $country only if the country has it', ({ country, cultures }) => {
  for (const defaultCulture of ['en-US', 'de-DE']) {
    const expected = cultures.includes(defaultCulture) ? defaultCulture : cultures[0];
    const defaults = { ...none, defaultCulture };
    expect(enrich(readWith({ country }), rulesOf(country), defaults).culture).toBe(expected);
    expect(enrich(readWith({ country }), undefined, defaults).culture).toBe(expected);
  }
});

test('compares DEFAULT_CULTURE with the rules case-insensitively', () => {
  const rules = { ...unruled, defaultCulture: 'pt-PT', supportedCultures: ['pt-PT', 'EN-US'] };
  expect(enrich(readWith({ country: 'PT' }), rules, { ...none, defaultCulture: 'en-US' }).culture).toBe('EN-US');
});

test.each<[string, Record<string, string>, Record<string, unknown>, Record<string, unknown>]>([
  ['the payload', { DEFAULT_LANGUAGE: 'fr' }, { language: 'nl', culture: 'fr-BE' }, { language: 'nl' }],
  ['DEFAULT_LANGUAGE', { DEFAULT_LANGUAGE: 'FR' }, {}, { language: 'fr' }],
  ['the culture', {}, { culture: 'es-US' }, { language: 'es' }],
  ['a culture with a script', {}, { culture: 'sr-Latn-RS' }, { language: 'sr' }],
])('takes the language from %s', (_where, environment, changes, expected) => {
  expect(enrich(readWith(changes), rulesOf('US'), settingsWith(environment))).toMatchObject(expected);
});

test.each([
  [undefined, undefined, true],
  [undefined, 'false', false],
  [undefined, 'TRUE', true],
  [true, 'false', true],
  [false, 'true', false],
  [false, undefined, false],
])('requests GDAP when the payload has %s and ENABLE_GDAP_BY_DEFAULT %s: %s', (payload, setting, expected) => {
  const settings = settingsWith(setting === undefined ? {} : { ENABLE_GDAP_BY_DEFAULT: setting });
  const enriched = enrich(readWith({ enableGDAPByDefault: payload }), rulesOf('US'), settings);
  expect(enriched.enableGDAPByDefault).toBe(expected);
});

test('keeps the culture of the payload whatever the settings and the rules say', () => {
  const settings = settingsWith({ DEFAULT_CULTURE: 'en-US' });
  expect(enrich(readWith({ country: 'PT', culture: 'PT-pt' }), rulesOf('PT'), settings)).toMatchObject({
    culture: 'pt-PT',
    language: 'pt',
  });
});
