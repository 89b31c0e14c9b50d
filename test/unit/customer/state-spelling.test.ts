import { afterAll, beforeAll, expect, test } from 'vitest';
import { enrich } from '../../../shared/customer/enrich.ts';
import type { CountryRules } from '../../../shared/partner-center/read-country-rules.ts';
import { customer, post, seen, startApp } from '../../api/rig.ts';
import type { Instance } from '../../local/instance.ts';
import type { Stack } from '../../local/stack.ts';
import { readWith, settingsWith } from './read-with.ts';

let stack: Stack;
let app: Instance;
beforeAll(async () => void ([stack, app] = await startApp()));
afterAll(() => stack.close());

const rules: CountryRules = {
  stateRequired: true,
  cityRequired: false,
  postalCodeRequired: false,
  registrationNumberRequired: false,
  phoneNumberRequired: false,
};

test.each([
  ['new south wales', ['Victoria', 'New South Wales'], 'New South Wales'],
  ['GUANGDONG', ['Guangdong'], 'Guangdong'],
  ['diyarbakir', ['D\u0130YARBAKIR'], 'D\u0130YARBAKIR'],
  ['\u0130zmir', ['Izmir'], 'Izmir'],
  ['I\u011fd\u0131r', ['I\u011eDIR'], 'I\u011eDIR'],
  ['wa', ['Wa', 'wa'], 'wa'],
  ['new south wales', [' New\u00a0South  Wales '], ' New\u00a0South  Wales '],
  ['QUE\u0301BEC', ['Qu\u00e9bec'], 'Qu\u00e9bec'],
  ['hawke\u2019s bay', ["Hawke's Bay"], "Hawke's Bay"],
  ['Baden\u2010W\u00fcrttemberg', ['Baden-W\u00fcrttemberg'], 'Baden-W\u00fcrttemberg'],
])('spells %s as in the rules %j', (state, supportedStates, expected) => {
  const payload = readWith({ state });
  expect(enrich(payload, { ...rules, supportedStates }, settingsWith())).toMatchObject({ state: expected });
  expect(enrich(payload, rules, settingsWith())).not.toHaveProperty('state');
});

const australian = { country: 'AU', postalCode: '2000', phoneNumber: '+61 2 5550 0100' };
const number = { organizationRegistrationNumber: '53 004 085 616' };

test('sends what validation has shown, and the same bytes after an answer was lost and the rules have changed', async () => {
  const payload = customer({ ...australian, ...number, state: 'new south wales' });
  const checked = await post(app, payload, {}, '/v1/customers/validate');
  expect(checked.body).toMatchObject({ status: 'Valid', customer: { state: 'New South Wales' } });
  expect(seen(stack.partnerCenter.server, 'validateAddress', 0)[0]?.body).toContain('"state":"New South Wales"');
  stack.partnerCenter.server.faults.add({
    kind: 'status',
    answer: { status: 503 },
    matches: ({ operation }) => operation === 'createCustomer',
    times: 1000,
  });
  const lost = await post(await stack.startInstance({ env: { ONBOARDING_TIMEOUT_SECONDS: '4' } }), payload);
  expect(lost.status).toBe(504);
  stack.partnerCenter.server.faults.clear();
  stack.partnerCenter.knobs.countryRules['AU'] = { supportedStatesList: null };
  const done = await post(await stack.startInstance(), { ...payload, state: 'NEW SOUTH WALES' });
  expect([200, 201]).toContain(done.status);
  const creates = seen(stack.partnerCenter.server, 'createCustomer', 0);
  expect(creates.length).toBeGreaterThan(1);
  expect(new Set(creates.map(({ body }) => body)).size).toBe(1);
  expect(new Set(creates.map(({ headers }) => headers['ms-requestid'])).size).toBe(1);
  expect(creates[0]?.body).toContain('"state":"New South Wales"');
}, 30_000);
