import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startPartnerCenterEmulator, type PartnerCenterEmulator } from './partner-center-emulator.ts';
import { call, create, customerBody } from './partner-center-caller.ts';

const domain = 'contoso.onmicrosoft.com';
let emulator: PartnerCenterEmulator;

beforeEach(async () => {
  emulator = await startPartnerCenterEmulator();
});
afterEach(async () => {
  await emulator.close();
});

const address = (changes: object) => ({ ...customerBody().billingProfile.defaultAddress, ...changes });
const brazil = { country: 'BR', state: 'SP', city: 'São Paulo', postalCode: '01310-100' };

test('names every required field that is missing by its path', async () => {
  const { status, json } = await create(emulator, { billingProfile: { defaultAddress: { country: 'US' } } });
  expect([status, json['code']]).toEqual([400, 2001]);
  expect(json['data']).toEqual(
    expect.arrayContaining([
      'companyProfile.domain',
      'billingProfile.email',
      'billingProfile.defaultAddress.postalCode',
    ]),
  );
  expect(emulator.tenants.size).toBe(0);
});

test('refuses bodies that are not a JSON object, or not declared as JSON', async () => {
  expect((await create(emulator, '{')).status).toBe(400);
  expect((await create(emulator, '[]')).status).toBe(400);
  const headers = { 'content-type': 'text/plain' };
  expect((await create(emulator, customerBody(), randomUUID(), { headers })).status).toBe(415);
});

test.for([
  [600049, {}, {}],
  [600050, { registration: '12' }, {}],
  [600051, { registration: '12.345.678/0001-95' }, { phoneNumber: '' }],
  [27002, { registration: '12.345.678/0001-95' }, { state: 'XX' }],
] as const)(
  'refuses with %i what Brazil does not accept',
  async ([code, { registration }, changes]: readonly [number, { registration?: string }, object]) => {
    const defaultAddress = address({ ...brazil, phoneNumber: '+55 11 5555 0100', ...changes });
    const body = customerBody(domain, { culture: 'pt-BR', language: 'pt', defaultAddress });
    const companyProfile = { domain, organizationRegistrationNumber: registration };
    expect(await create(emulator, { ...body, companyProfile })).toMatchObject({ status: 400, json: { code } });
    expect(emulator.tenants.size).toBe(0);
  },
);

test('shows the pattern of a registration number that does not fit', async () => {
  const body = customerBody(domain, { defaultAddress: address({ ...brazil, phoneNumber: '+551155550100' }) });
  const { json } = await create(emulator, { ...body, companyProfile: { domain, organizationRegistrationNumber: 'x' } });
  expect(json['description']).toContain('^\\d{2}');
});

test('refuses a registration number in a country without one only on request', async () => {
  emulator.knobs.refuseUnwantedRegistration = true;
  const body = { ...customerBody(), companyProfile: { domain, organizationRegistrationNumber: '1' } };
  expect((await create(emulator, body)).json['code']).toBe(600002);
  emulator.knobs.refuseUnwantedRegistration = false;
  expect((await create(emulator, body)).status).toBe(201);
});

test('refuses a region in the United States, a forbidden country, an unknown culture and a password', async () => {
  const region = customerBody(domain, { defaultAddress: address({ region: 'WA' }) });
  expect((await create(emulator, region)).json['code']).toBe(27002);
  expect((await create(emulator, customerBody(domain, { culture: 'xx-XX' }))).json['code']).toBe(3000);
  expect((await create(emulator, { ...customerBody(), userCredentials: { password: 'x' } })).json['code']).toBe(3000);
  emulator.knobs.forbiddenCountries = ['US'];
  expect(await create(emulator)).toMatchObject({ status: 403, json: { code: 2030 } });
});

test.for([
  ['', 27002, 0, 404],
  ['-domain', 27002, 0, 200],
  ['-tenant', 27002, 1, 200],
] as const)('refuses by the company name "refuse:27002%s"', async ([leaves, code, tenants, probe]) => {
  const body = customerBody(domain, { companyName: `Contoso refuse:27002${leaves}` });
  expect(await create(emulator, body)).toMatchObject({ status: 400, json: { code } });
  expect(emulator.tenants.size).toBe(tenants);
  expect((await call(emulator, `/v1/domains/${domain}`, { method: 'HEAD' })).status).toBe(probe);
});

test('checks strict and lax prefixes', async () => {
  const long = `${'a'.repeat(28)}.onmicrosoft.com`;
  expect((await create(emulator, customerBody(long))).json['code']).toBe(2000);
  expect((await create(emulator, customerBody('con-toso.onmicrosoft.com'))).json['code']).toBe(2000);
  expect((await create(emulator, customerBody('contoso.com'))).json['code']).toBe(2000);
  emulator.knobs.strictPrefix = false;
  expect((await create(emulator, customerBody(long))).status).toBe(201);
  expect((await create(emulator, customerBody('con-toso.onmicrosoft.com'))).status).toBe(201);
});

test.for([400, 409] as const)('answers %i to a domain of another organization', async (takenAnswer) => {
  Object.assign(emulator.knobs, { takenAnswer, takenCode: 2000 });
  emulator.takeDomain('Contoso.onmicrosoft.com');
  const { status, json } = await create(emulator);
  expect([status, json['code']]).toEqual([takenAnswer, 2000]);
  expect(json['description']).toMatch(/already in use/);
});

test.for([
  ['800015', 404],
  ['800016', 400],
  ['900123', 403],
  ['900154', 400],
] as const)('refuses the reseller of %s', async ([code, status]) => {
  const body = { ...customerBody(), associatedPartnerId: `00000000-0000-4000-8000-000000${code}` };
  expect(await create(emulator, body)).toMatchObject({ status: 403, json: { code: 900329 } });
  const answer = await create(emulator, body, randomUUID(), { flow: 'user' });
  expect(answer).toMatchObject({ status, json: { code: Number(code) } });
  const fine = { ...body, associatedPartnerId: randomUUID() };
  expect((await create(emulator, fine, randomUUID(), { flow: 'user' })).status).toBe(201);
});

test('refuses addresses of a status that creates do not accept', async () => {
  emulator.knobs.refusedAddressStatuses = ['None'];
  const body = customerBody(domain, { defaultAddress: address({ addressLine2: 'status:none' }) });
  expect((await create(emulator, body)).json['code']).toBe(27002);
  expect((await create(emulator)).status).toBe(201);
});
