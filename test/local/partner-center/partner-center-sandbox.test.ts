import { afterEach, beforeEach, expect, test } from 'vitest';
import { startPartnerCenterEmulator, type PartnerCenterEmulator } from './partner-center-emulator.ts';
import { call, create, customerBody, filterBy } from './partner-center-caller.ts';

const domain = 'contoso.onmicrosoft.com';
let emulator: PartnerCenterEmulator;

beforeEach(async () => {
  emulator = await startPartnerCenterEmulator({ knobs: { sandbox: true, sandboxQuota: 2 } });
});
afterEach(async () => {
  await emulator.close();
});

const remove = (id: unknown) => call(emulator, `/v1/customers/${String(id)}`, { method: 'DELETE' });

test('refuses customers beyond the quota, which a deletion frees, but never a domain name', async () => {
  const first = await create(emulator);
  await create(emulator, customerBody('b.onmicrosoft.com'));
  const third = customerBody('c.onmicrosoft.com');
  expect(await create(emulator, third)).toMatchObject({ status: 400, json: { code: 800018 } });
  expect((await remove(first.json['id'])).status).toBe(204);
  expect(emulator.tenants.has(domain)).toBe(false);
  expect((await create(emulator)).json['description']).toMatch(/already in use/);
  expect((await create(emulator, third)).status).toBe(201);
});

test('keeps the audit record of a deleted customer, which is gone from everywhere else', async () => {
  const { json } = await create(emulator);
  await remove(json['id']);
  expect((await call(emulator, `/v1/customers/${json['id']}`)).status).toBe(404);
  expect((await call(emulator, '/v1/customers')).json['items']).toEqual([]);
  const records = await call(emulator, `/v1/auditrecords?filter=${filterBy('CustomerId', json['id'] ?? '', 'equals')}`);
  expect(records.json['items']).toHaveLength(1);
});

test('deletes nothing outside a sandbox and no customer with a wrong address', async () => {
  const good = await create(emulator);
  const { defaultAddress } = customerBody().billingProfile;
  const wrong = { defaultAddress: { ...defaultAddress, addressLine2: 'status:None' } };
  const bad = await create(emulator, customerBody('bad.onmicrosoft.com', wrong));
  expect((await remove(bad.json['id'])).status).toBe(400);
  emulator.knobs.sandbox = false;
  expect((await remove(good.json['id'])).status).toBe(403);
  expect(emulator.tenants.size).toBe(2);
});

test('requires MS-Contract-Version only on request', async () => {
  emulator.knobs.requireContractVersion = true;
  expect((await call(emulator, '/v1/customers')).json['data']).toEqual(['MS-Contract-Version']);
  const headers = { 'ms-contract-version': 'v1' };
  expect((await call(emulator, '/v1/customers', { headers })).status).toBe(200);
});
