import { afterEach, beforeEach, expect, test } from 'vitest';
import { startPartnerCenterEmulator, type PartnerCenterEmulator } from './partner-center-emulator.ts';
import { call } from './partner-center-caller.ts';

let emulator: PartnerCenterEmulator;

beforeEach(async () => {
  emulator = await startPartnerCenterEmulator();
});
afterEach(async () => {
  await emulator.close();
});

const plain = { addressLine1: 'One Microsoft Way', city: 'Redmond', state: 'WA', postalCode: '98052', country: 'US' };
const validate = (changes: object = {}) =>
  call(emulator, '/v1/validations/address', { method: 'POST', body: { ...plain, ...changes } });

test.for([
  ['VerifiedShippable', 1],
  ['Verified', 1],
  ['InteractionRequired', 1],
  ['StreetPartial', 3],
  ['PremisesPartial', 3],
  ['Multiple', 3],
  ['None', 0],
  ['NotValidated', 0],
] as const)('answers %s when the address requests it, with %i suggestions', async ([status, suggestions]) => {
  for (const line of ['addressLine1', 'addressLine2']) {
    const answer = await validate({ [line]: `Building 7 status:${status.toLowerCase()}` });
    expect(answer).toMatchObject({ status: 200, json: { status, originalAddress: { city: 'Redmond' } } });
    expect(answer.json['suggestedAddresses']?.length ?? 0).toBe(suggestions);
    expect(JSON.stringify(answer.json['suggestedAddresses'] ?? '')).not.toMatch(/status:/i);
  }
});

test('verifies an address without a trigger and completes its postal code', async () => {
  const { json } = await validate();
  expect(json).toMatchObject({ status: 'VerifiedShippable', originalAddress: plain });
  expect(json['suggestedAddresses']?.[0]?.['postalCode']).toBe('98052-6399');
});

test('answers undocumented statuses, and statuses with spaces', async () => {
  expect((await validate({ addressLine2: 'status:Brandnew' })).json['status']).toBe('Brandnew');
  Object.assign(emulator.knobs, { spacedStatuses: true, addressStatus: 'StreetPartial' });
  expect((await validate()).json['status']).toBe('Street Partial');
});

test('refuses an address without its required fields', async () => {
  expect((await validate({ addressLine1: '', city: undefined })).json).toMatchObject({
    code: 2001,
    data: ['addressLine1', 'city'],
  });
  expect((await validate({ country: 'UK' })).status).toBe(400);
  expect((await validate({ country: 'SG', city: '' })).status).toBe(200);
});

test('answers as until mid-2021 on request', async () => {
  emulator.knobs.addressAnswer = 'empty-200';
  expect(await validate()).toMatchObject({ status: 200, text: '' });
  Object.assign(emulator.knobs, { addressAnswer: 'error-2007', addressStatus: 'None' });
  const { status, json } = await validate();
  expect([status, json['code']]).toEqual([400, 2007]);
  const inner: unknown = JSON.parse(String(json['description']).replaceAll('&quot;', '"'));
  expect(inner).toMatchObject({ code: '60071', corrected_address: { postal_code: '98052' } });
});
