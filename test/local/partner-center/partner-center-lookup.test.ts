import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startPartnerCenterEmulator, type PartnerCenterEmulator } from './partner-center-emulator.ts';
import { call, create, customerBody, filterBy, type Json } from './partner-center-caller.ts';

let emulator: PartnerCenterEmulator;

beforeEach(async () => {
  emulator = await startPartnerCenterEmulator();
});
afterEach(async () => {
  await emulator.close();
});

const list = (filter = '', query = '') => call(emulator, `/v1/customers?${query}&filter=${filter}`);
const domains = (json: Json) => (json['items'] ?? []).map((item) => item['companyProfile']?.['domain']);
const audit = (filter = '', query = '') => call(emulator, `/v1/auditrecords?${query}&filter=${filter}`);

test('filters the list by the beginning of the domain or company name, ignoring case', async () => {
  for (const name of ['contoso', 'contoso2', 'fabrikam']) {
    await create(emulator, customerBody(`${name}.onmicrosoft.com`, { companyName: `${name} Ltd` }));
  }
  const found = await list(filterBy('Domain', 'CONTOSO'), 'size=50');
  expect(domains(found.json)).toEqual(['contoso.onmicrosoft.com', 'contoso2.onmicrosoft.com']);
  expect(Object.keys(found.json['items']?.[0] ?? {})).toEqual(
    expect.arrayContaining(['id', 'companyProfile', 'relationshipToPartner']),
  );
  expect(found.text).not.toContain('billingProfile');
  expect(domains((await list(filterBy('Domain', 'contoso.onmicrosoft.com'))).json)).toHaveLength(1);
  expect(domains((await list(filterBy('CompanyName', 'Fabri'))).json)).toEqual(['fabrikam.onmicrosoft.com']);
  expect((await list(filterBy('Domain', 'contoso', 'equals'))).status).toBe(400);
  expect((await list('no-json')).status).toBe(400);
});

test('pages a list by links.next and the continuation token', async () => {
  for (let number = 0; number < 5; number += 1) await create(emulator, customerBody(`a${number}.onmicrosoft.com`));
  const seen: unknown[] = [];
  let page = await list(filterBy('Domain', 'a'), 'size=2');
  seen.push(...domains(page.json));
  while (page.json['links']?.['next']) {
    const { uri, headers } = page.json['links']['next'] as Json;
    const token = headers?.[0] as Json;
    page = await call(emulator, `/v1${uri}`, { headers: { [token['key'] as string]: token['value'] as string } });
    seen.push(...domains(page.json));
  }
  expect(seen).toEqual([0, 1, 2, 3, 4].map((number) => `a${number}.onmicrosoft.com`));
  emulator.knobs.defaultPageSize = 3;
  expect(domains((await list('', 'size=0')).json)).toHaveLength(3);
  expect((await list('', 'seekOperation=Next')).status).toBe(400);
});

test('lists a new customer late, and fails the Domain filter on request', async () => {
  await create(emulator);
  emulator.knobs.listLag = 60_000;
  expect(domains((await list()).json)).toEqual([]);
  emulator.knobs.listLag = 0;
  expect(domains((await list()).json)).toHaveLength(1);
  emulator.knobs.domainFilterFails = true;
  expect((await list(filterBy('Domain', 'contoso'))).status).toBe(500);
  expect((await list(filterBy('CompanyName', 'Contoso'))).status).toBe(200);
});

test('looks at the default domain, which a customer can change', async () => {
  await create(emulator);
  const tenant = emulator.tenants.get('contoso.onmicrosoft.com');
  if (tenant) tenant.defaultDomain = 'contoso.com';
  expect(domains((await list(filterBy('Domain', 'contoso.onmicrosoft.com'))).json)).toEqual([]);
});

test('filters by reseller with App+User only', async () => {
  expect((await list(filterBy('IndirectReseller', 'x'))).json['code']).toBe(900329);
  const query = `/v1/customers?filter=${filterBy('IndirectReseller', 'x')}`;
  expect((await call(emulator, query, { flow: 'user' })).status).toBe(200);
});

test('records a creation with the correlation id, the domain and the customer without its password', async () => {
  const correlationId = randomUUID();
  const headers = { 'ms-correlationid': correlationId };
  const made = await create(emulator, customerBody(), randomUUID(), { headers });
  const { json, text } = await audit(filterBy('CompanyName', 'ontos', 'substring'), 'startDate=2020-01-01');
  expect(json['items']).toHaveLength(1);
  expect(json['items']?.[0]).toMatchObject({
    operationType: 'add_customer',
    operationStatus: 'succeeded',
    originalCorrelationId: correlationId,
    customerId: made.json['id'],
    customizedData: [{ key: 'PrimaryDomainName', value: 'contoso.onmicrosoft.com' }],
  });
  expect(JSON.parse(json['items']?.[0]?.['resourceNewValue'] ?? '')).toMatchObject({
    Id: made.json['id'],
    UserCredentials: { UserName: 'admin', Password: '' },
  });
  expect(text).not.toContain(JSON.stringify(made.json['userCredentials']?.['password']).slice(1, -1));
});

test('filters audit records by date, customer and kind, and shows them late on request', async () => {
  const { json } = await create(emulator);
  expect((await audit(filterBy('CustomerId', json['id'] ?? '', 'equals'))).json['items']).toHaveLength(1);
  expect((await audit(filterBy('ResourceType', 'Customer', 'equals'))).json['items']).toHaveLength(1);
  expect((await audit('', 'startDate=2999-01-01')).json['items']).toEqual([]);
  expect((await audit('', 'startDate=never')).status).toBe(400);
  expect((await audit(filterBy('CompanyName', 'Contoso', 'equals'))).status).toBe(400);
  emulator.knobs.auditLag = 60_000;
  expect((await audit()).json['items']).toEqual([]);
});

test('shows a customer created in the portal under another correlation id, and none of other organizations', async () => {
  const tenant = emulator.createInPortal({ domain: 'portal.onmicrosoft.com', companyName: 'Portal' });
  emulator.takeDomain('stranger.onmicrosoft.com');
  expect(domains((await list()).json)).toEqual(['portal.onmicrosoft.com']);
  expect((await audit()).json['items']?.[0]?.['originalCorrelationId']).toBe(tenant.correlationId);
  expect((await create(emulator, customerBody('portal.onmicrosoft.com'))).status).toBe(400);
  const failed = (await audit()).json['items']?.find((item) => String(item['operationStatus']) === 'failed');
  expect(failed).toMatchObject({ customizedData: [{ value: 'portal.onmicrosoft.com' }] });
  expect(failed?.['customerId']).toBeUndefined();
});
