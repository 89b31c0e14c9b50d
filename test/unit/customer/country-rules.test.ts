import { afterAll, beforeAll, expect, test } from 'vitest';
import registration from '../../../shared/data/org-registration-countries.json' with { type: 'json' };
import { checkCountryRules } from '../../../shared/customer/country-rules.ts';
import type { CountryRules } from '../../../shared/partner-center/read-country-rules.ts';
import { customer, detailsOf, post, request, seen, startApp } from '../../api/rig.ts';
import type { Instance } from '../../local/instance.ts';
import { findCountryRules } from '../../local/partner-center/country-rules.ts';
import type { Stack } from '../../local/stack.ts';
import { readWith, unruled } from './read-with.ts';

const bare = { city: undefined, state: undefined, postalCode: undefined, phoneNumber: undefined };

function breachesOf(changes: Record<string, unknown>, rules: Partial<CountryRules>): (string | undefined)[] {
  return checkCountryRules(readWith(changes), { ...unruled, ...rules }).map(({ target }) => target);
}

test.each<[string, Partial<CountryRules>, Record<string, unknown>, Record<string, unknown>]>([
  ['city', { cityRequired: true }, {}, { city: undefined }],
  ['state', { stateRequired: true }, {}, { state: '  ' }],
  ['postalCode', { postalCodeRequired: true }, {}, { postalCode: undefined }],
  ['phoneNumber', { phoneNumberRequired: true }, {}, { phoneNumber: undefined }],
  ['organizationRegistrationNumber', { registrationNumberRequired: true }, { organizationRegistrationNumber: '1' }, {}],
  ['postalCode', { postalCodePattern: '^\\d{5}$' }, { postalCode: '12345' }, { postalCode: '1234' }],
  ['phoneNumber', { phoneNumberPattern: '^\\+?[0-9 ]+$' }, { phoneNumber: '+1 2' }, { phoneNumber: 'none' }],
  [
    'organizationRegistrationNumber',
    { registrationNumberPattern: '^[A-Z]\\d$' },
    { organizationRegistrationNumber: 'a1' },
    { organizationRegistrationNumber: '1a' },
  ],
  ['state', { supportedStates: ['WA', 'New South Wales'] }, { state: 'new south wales' }, { state: 'XX' }],
  ['culture', { supportedCultures: ['pt-PT', 'en-US'] }, { culture: 'PT-pt' }, { culture: 'de-DE' }],
])('checks %s against the rules', (target, rules, good, bad) => {
  expect(breachesOf(good, rules)).toEqual([]);
  expect(breachesOf(bad, rules)).toEqual([target]);
});

test('finds no breach if Partner Center omits the rules', () => {
  expect(breachesOf({ ...bare, culture: 'de-DE', organizationRegistrationNumber: '?' }, {})).toEqual([]);
});

test('does not check the language against the rules', () => {
  expect(breachesOf({ country: 'PT', language: 'pt' }, { supportedCultures: ['pt-PT'] })).toEqual([]);
});

test('requires number and phone in the documented countries, whatever the rules say', () => {
  for (const country of registration.requiredFor)
    expect(breachesOf({ country }, {})).toContain('organizationRegistrationNumber');
  for (const country of registration.phoneNumberRequiredFor)
    expect(breachesOf({ country, phoneNumber: undefined }, {})).toContain('phoneNumber');
});

test('reports every breach together, without a value of the payload', () => {
  const rules = {
    stateRequired: true,
    cityRequired: true,
    postalCodePattern: '^\\d{5}$',
    supportedCultures: ['en-US'],
  };
  const changes = { city: undefined, state: undefined, postalCode: 'marker', culture: 'de-DE' };
  expect(breachesOf(changes, rules)).toEqual(['city', 'state', 'postalCode', 'culture']);
  expect(JSON.stringify(checkCountryRules(readWith(changes), { ...unruled, ...rules }))).not.toMatch(/marker|de-DE/);
});

let stack: Stack;
let app: Instance;
beforeAll(async () => void ([stack, app] = await startApp()));
afterAll(() => stack.close());

test('answers 422 CountryRule with every breach, and creates nothing', async () => {
  const answer = await post(app, customer({ state: 'ZZ', postalCode: '9805', city: undefined, culture: 'pt-PT' }));
  expect([answer.status, answer.body.code, answer.body.error?.target]).toEqual([422, 'CountryRule', 'city']);
  const targets = ['city', 'postalCode', 'state', 'culture'].map((target) => `CountryRule ${target}`);
  expect(detailsOf(answer).filter((detail) => detail.startsWith('CountryRule'))).toEqual(targets);
  expect(stack.partnerCenter.createCalls).toBe(0);
});

test.each([150, 20_000])(
  'answers a catastrophic pattern and %i characters in under a second, and health at the same time',
  async (length) => {
    stack.partnerCenter.knobs.countryRules['US'] = { postalCodeRegex: '^(a+)+$', phoneNumberRegex: '^([0-9]+)*$' };
    const long = { postalCode: `${'a'.repeat(length)}!`, phoneNumber: `${'1'.repeat(length)}x` };
    const other = await stack.startInstance();
    await post(other, customer({ domain: '-' }));
    const start = performance.now();
    let slowest = 0;
    let took = 0;
    const posting = post(other, customer(long), {}, '/v1/customers/validate').finally(() => {
      took = performance.now() - start;
    });
    for (let index = 0; index < 40; index++) {
      const asked = performance.now();
      expect((await request(other, '/health')).status).toBe(200);
      slowest = Math.max(slowest, performance.now() - asked);
    }
    const answer = await posting;
    expect(took).toBeLessThan(1000);
    expect(slowest).toBeLessThan(400);
    expect(answer.status).toBeLessThan(500);
    delete stack.partnerCenter.knobs.countryRules['US'];
  },
);

test('treats every field that the rules omit as unrestricted, even all fields', async () => {
  const all = Object.keys(findCountryRules('CA')?.rules ?? {});
  stack.partnerCenter.knobs.countryRules['CA'] = Object.fromEntries(all.map((name) => [name, null]));
  const payload = customer({ country: 'CA', state: undefined, postalCode: '?', phoneNumber: '?', culture: 'de-DE' });
  const answer = await post(app, payload, {}, '/v1/customers/validate');
  expect(answer.body).toMatchObject({ status: 'Valid', customer: { culture: 'de-DE', language: 'de' } });
});

test('does not accept rules of another country', async () => {
  stack.partnerCenter.knobs.countryRules['FR'] = { iso2Code: 'DE' };
  const answer = await post(app, customer({ country: 'FR', state: undefined, postalCode: '75001' }));
  expect([answer.status, answer.body.code]).toEqual([502, 'PartnerCenterError']);
});

test('answers 422 for a country without rules', async () => {
  const answer = await post(app, customer({ country: 'CU' }));
  expect(detailsOf(answer)[0]).toBe('CountryRule country');
});

test('reads the rules of a country once a day, for parallel and sequential calls', async () => {
  const from = stack.partnerCenter.server.requests.length;
  const german = (): Record<string, unknown> => customer({ country: 'DE', state: undefined, postalCode: '10115' });
  await Promise.all([post(app, german()), post(app, german())]);
  await post(app, german());
  expect(seen(stack.partnerCenter.server, 'readCountryRules', from)).toHaveLength(1);
});
