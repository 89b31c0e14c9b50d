import { afterEach, beforeEach, expect, test } from 'vitest';
import { startPartnerCenterEmulator, type PartnerCenterEmulator } from './partner-center-emulator.ts';
import { call, create, customerBody } from './partner-center-caller.ts';

const domain = 'contoso.onmicrosoft.com';
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
let emulator: PartnerCenterEmulator;

beforeEach(async () => {
  emulator = await startPartnerCenterEmulator();
});
afterEach(async () => {
  await emulator.close();
});

test('answers a probe 404 while the domain is free and 200 once it is taken, without a body', async () => {
  const free = await call(emulator, `/v1/domains/${domain}`, { method: 'HEAD' });
  expect([free.status, free.text]).toEqual([404, '']);
  expect(free.headers.get('ms-requestid')).toMatch(guid);
  await create(emulator);
  const taken = await call(emulator, '/v1/domains/CONTOSO.onmicrosoft.com', { method: 'HEAD' });
  expect([taken.status, taken.text]).toEqual([200, '']);
});

test('creates a customer and returns the admin password of its tenant', async () => {
  const { status, json } = await create(emulator);
  expect(status).toBe(201);
  expect(json).toMatchObject({
    companyProfile: { domain, tenantId: json['id'], attributes: { objectType: 'CustomerCompanyProfile' } },
    billingProfile: { culture: 'en-US', language: 'en', companyName: 'Contoso', defaultAddress: { city: 'Redmond' } },
    enableGDAPByDefault: true,
    relationshipToPartner: 'none',
    userCredentials: { userName: 'admin' },
    attributes: { objectType: 'Customer' },
  });
  expect(json['id']).toMatch(guid);
  expect(json['commerceId']).toMatch(guid);
  expect(json['billingProfile']?.['attributes']?.['etag']).toMatch(/^-?\d+$/);
  const password = json['userCredentials']?.['password'] ?? '';
  expect(password).toMatch(/^(?=.*[^a-zA-Z0-9]).{8,9}$/);
  expect(emulator.opensTenant(domain, `admin@${domain}`, password)).toBe(true);
  expect(emulator.opensTenant(domain, 'admin', password)).toBe(false);
  expect(emulator.opensTenant(domain, `admin@${domain}`, `${password}x`)).toBe(false);
});

test('keeps requests and tenants for tests', async () => {
  const body = JSON.stringify(customerBody());
  const { json } = await create(emulator, body);
  const tenant = emulator.tenants.get(domain);
  expect(tenant).toMatchObject({ body, customerId: json['id'], gdap: true, resets: [], origin: 'api' });
  expect(tenant?.firstPassword).toBe(json['userCredentials']?.['password']);
  expect(emulator.creates(domain)).toBe(1);
  expect([emulator.createCalls, emulator.counts['createCustomer']]).toEqual([1, 1]);
  expect(emulator.server.requests.map(({ operation }) => operation)).toEqual(['createCustomer']);
});

test('reads property names whatever their case is', async () => {
  const upper = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name.toUpperCase(), upper(inner)]))
      : value;
  expect((await create(emulator, upper(customerBody()))).status).toBe(201);
});

test('gives every tenant its own password and ids', async () => {
  const [one, other] = await Promise.all(
    ['a', 'b'].map((name) => create(emulator, customerBody(`${name}.onmicrosoft.com`))),
  );
  expect(one?.json['id']).not.toBe(other?.json['id']);
  expect(one?.json['userCredentials']?.['password']).not.toBe(other?.json['userCredentials']?.['password']);
});

test('reads a customer by its id, never with credentials, and its full profile only with GDAP', async () => {
  const id = (await create(emulator)).json['id'];
  const open = await call(emulator, `/v1/customers/${id}`);
  expect(open.json).toMatchObject({ id, companyProfile: { email: 'ada@example.com' } });
  expect(open.text).not.toContain('userCredentials');
  emulator.knobs.gdapRolesAssigned = false;
  const closed = await call(emulator, `/v1/customers/${id}`);
  expect(closed.json['companyProfile']?.['email']).toBeUndefined();
  expect(closed.json['customDomains']).toBeUndefined();
  expect((await call(emulator, '/v1/customers/none')).json).toMatchObject({ code: 900118 });
  emulator.knobs.readLag = 60_000;
  expect(await call(emulator, `/v1/customers/${id}`)).toMatchObject({ status: 404, json: { code: 60003 } });
});

test('accepts a create with 202, continues in the background and repeats the answer afterwards', async () => {
  Object.assign(emulator.knobs, { answer202: true, createDuration: 50 });
  const requestId = crypto.randomUUID();
  const accepted = await create(emulator, customerBody(), requestId);
  expect([accepted.status, accepted.text]).toEqual([202, '']);
  expect(emulator.tenants.size).toBe(0);
  expect((await create(emulator, customerBody(), requestId)).status).toBe(202);
  await expect.poll(() => emulator.tenants.size).toBe(1);
  expect((await create(emulator, customerBody(), requestId)).status).toBe(201);
});

test('answers 404 to an unknown path and 405 to an unknown verb', async () => {
  expect(await call(emulator, '/v1/nothing')).toMatchObject({ status: 404, json: { code: 1000 } });
  expect((await call(emulator, '/v1/customers', { method: 'PUT' })).status).toBe(405);
});

test('removes every trace of a domain', async () => {
  await create(emulator);
  emulator.forget('Contoso.onmicrosoft.com');
  expect([emulator.tenants.size, emulator.creates(domain)]).toEqual([0, 0]);
  expect((await create(emulator)).status).toBe(201);
});
