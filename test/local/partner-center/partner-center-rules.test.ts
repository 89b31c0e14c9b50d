import { afterAll, beforeAll, expect, test } from 'vitest';
import locales from '../../../shared/data/locales.json' with { type: 'json' };
import registration from '../../../shared/data/org-registration-countries.json' with { type: 'json' };
import { addressFormats } from './address-formats.ts';
import { startPartnerCenterEmulator, type PartnerCenterEmulator } from './partner-center-emulator.ts';
import { call } from './partner-center-caller.ts';

let emulator: PartnerCenterEmulator;
const rulesOf = async (country: string) => (await call(emulator, `/v1/countryvalidationrules/${country}`)).json;

beforeAll(async () => {
  emulator = await startPartnerCenterEmulator();
});
afterAll(async () => {
  await emulator.close();
});

test('has rules for all 248 countries, with their cultures', async () => {
  expect(locales).toHaveLength(248);
  for (const { country, cultures } of locales) {
    const rules = await rulesOf(country);
    expect(rules).toMatchObject({
      iso2Code: country,
      defaultCulture: cultures[0],
      supportedCulturesList: cultures,
      customerOrganizationRegistrationNumberRequired: registration.requiredFor.includes(country),
      customerOrganizationPhoneNumberRequired: registration.phoneNumberRequiredFor.includes(country),
    });
    expect(rules['supportedLanguagesList']?.length).toBeGreaterThan(0);
  }
});

test.for([
  ['US', '98052-6399'],
  ['CA', 'K1A 0B1'],
  ['GB', 'SW1A 1AA'],
  ['DE', '10115'],
  ['FR', '75008'],
  ['PT', '1250-096'],
  ['NL', '1012 AB'],
  ['IT', '00184'],
  ['ES', '28013'],
  ['AU', '2000'],
  ['JP', '100-0001'],
  ['IN', '560 001'],
  ['BR', '01310-100'],
  ['CH', '8001'],
  ['AT', '1010'],
  ['PL', '00-950'],
  ['SE', '111 29'],
  ['NO', '0150'],
  ['IE', 'D02 AF30'],
] as const)('accepts the postal code of %s', async ([country, code]) => {
  const pattern = new RegExp((await rulesOf(country))['postalCodeRegex'] ?? '-');
  expect(code).toMatch(pattern);
  expect('?').not.toMatch(pattern);
});

test('writes the pattern of Denmark in .NET-only syntax', async () => {
  expect(() => new RegExp(addressFormats['DK']?.postalCodeRegex ?? '')).toThrow(SyntaxError);
});

test('has samples of registration numbers that fit their patterns', async () => {
  for (const country of registration.requiredFor) {
    const rules = await rulesOf(country);
    const pattern = new RegExp(rules['customerOrganizationRegistrationNumberRegex'] ?? '-');
    expect(rules['customerOrganizationRegistrationNumberSample']).toMatch(pattern);
  }
});

test('lists states where they are required, in full in Australia', async () => {
  for (const country of ['US', 'CA', 'AU', 'CN', 'MX', 'BR']) {
    const rules = await rulesOf(country);
    expect(rules['isStateRequired']).toBe(true);
    expect(rules['supportedStatesList']?.length).toBeGreaterThan(7);
  }
  expect((await rulesOf('AU'))['supportedStatesList']).toContain('New South Wales');
});

test('answers Portugal as it was recorded: two languages, no pattern for phones', async () => {
  const rules = await rulesOf('pt');
  expect(rules).toMatchObject({
    defaultCulture: 'pt-PT',
    supportedLanguagesList: ['en', 'pt-PT'],
    isCityRequired: true,
  });
  expect(rules).not.toHaveProperty('phoneNumberRegex');
});

test('answers that there are no rules for an unknown country', async () => {
  const answer = await call(emulator, '/v1/countryvalidationrules/UK');
  expect(answer.status).toBe(400);
  expect(answer.json['description']).toMatch(/No validation rules were found/);
});

test('changes or drops fields on request', async () => {
  emulator.knobs.countryRules = { DE: { postalCodeRegex: '^(a+)+$', isCityRequired: null } };
  const rules = await rulesOf('DE');
  expect(rules['postalCodeRegex']).toBe('^(a+)+$');
  expect(rules).not.toHaveProperty('isCityRequired');
});
