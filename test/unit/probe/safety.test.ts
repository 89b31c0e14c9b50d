import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ProbeRefusal } from '../../../commands/probe/probe-refusal.ts';
import { addressesOf, answersOf, partnerTenant, rowOf, startRig } from './rig.ts';

test('announces what it will create before it asks for consent, and creates nothing without it', async () => {
  const rig = await startRig();
  const confirm = () => Promise.reject(new ProbeRefusal('Nothing was created.'));
  await expect(rig.run({ confirm, budget: 3 })).rejects.toThrow('Nothing was created.');
  const [plan] = rig.said;
  expect(plan).toContain(`on the partner tenant ${partnerTenant} at ${rig.sandbox.url}`);
  expect(plan).toContain('creates at most 3 customers in US');
  expect(plan).toContain('can never be used again');
  expect(rig.sandbox.server.requests.map(({ operation }) => operation)).toEqual(['readCountryRules']);
});

test('detects a tenant that forbids deletions before it creates a customer', async () => {
  const rig = await startRig({ sandbox: false });
  await expect(rig.run()).rejects.toThrow('it is no integration sandbox, whatever --sandbox says');
  expect(rig.sandbox.createCalls).toBe(0);
});

test('creates nothing more when the first customer cannot be deleted', async () => {
  const rig = await startRig();
  rig.sandbox.server.onStage = (stage, { operation }) => {
    if (stage === 'arrived' && operation === 'readAuditRecords') rig.sandbox.knobs.sandbox = false;
  };
  const report = await rig.run({ plan: { wait: 50 } });
  expect(report.leftBehind).toHaveLength(1);
  expect(report.leftBehind[0]?.reason).toContain('refuses to delete it: 403, code 600006');
  expect(report.customersCreated).toBe(1);
  expect(rowOf(report, 'addresses').came).toContain('does not let this partner delete customers');
  await expect(rig.run()).rejects.toThrow('nothing more was created');
  expect(rig.sandbox.tenants.size).toBe(1);
});

test.each([1, 2, 3, 5])('stays within a budget of %i customers', async (budget) => {
  const rig = await startRig({ strictPrefix: false });
  const report = await rig.run({ budget });
  const created = rig.sandbox.server.requests.filter(
    ({ operation, status }) => operation === 'deleteCustomer' && status === 204,
  );
  expect(created).toHaveLength(budget);
  expect(report.customersCreated).toBe(budget);
  expect(rowOf(report, 'addresses').came).toContain(`the budget of ${budget} customers is used up (--budget)`);
});

test('continues after a failed question', async () => {
  const rig = await startRig({ domainFilterFails: true });
  rig.sandbox.server.faults.add({
    kind: 'status',
    matches: ({ operation }) => operation === 'validateAddress',
    answer: { status: 403, body: '{"code": 900150}' },
    times: 9,
  });
  const report = await rig.run();
  const row = rowOf(report, 'addresses');
  expect(row).toMatchObject({ answer: 'failed', verdict: 'open' });
  expect(answersOf(report)).toMatchObject({ 'list-lag': 'at-once', duration: 'within' });
  expect(report.leftBehind).toEqual([]);
});

test('tries no address that prevents the deletion of the customer, unless requested', async () => {
  const rig = await startRig();
  const plan = { addresses: addressesOf('None', 'StreetPartial'), wait: 50 };
  expect(rowOf(await rig.run({ plan }), 'addresses').came).toContain('none: not tried');
  expect(rig.sandbox.tenants.size).toBe(0);
  const report = await rig.run({ plan: { ...plan, tryUndeletable: true } });
  const { came } = rowOf(report, 'addresses');
  expect(came).toMatch(/^none: accepted \(201\); streetpartial: not tried, a customer with a doubtful address/);
  expect(report.leftBehind.map(({ reason }) => reason)).toEqual([
    'Partner Center refuses to delete it: 400, code 600006',
  ]);
  expect(rig.readJournal()).toContain(report.leftBehind[0]?.customerId);
});

test('waits for customers that Partner Center does not find by id yet', async () => {
  const rig = await startRig({ readLag: 300 });
  expect((await rig.run()).leftBehind).toEqual([]);
  expect(rig.sandbox.tenants.size).toBe(0);
});

test('reports a domain that is used without a customer as left behind', async () => {
  const rig = await startRig({ createRefusal: { status: 400, code: 27002, leaves: 'domain', times: 1 } });
  const report = await rig.run({ plan: { wait: 60 } });
  expect(rowOf(report, 'create').answer).toBe('refused-but-taken');
  expect(report.leftBehind.map(({ reason }) => reason)).toEqual([
    'the domain is taken, and no customer of it is in the list (yet)',
  ]);
});

test('does not touch the customers of another partner tenant or of an unreadable journal', async () => {
  const rig = await startRig();
  const customers = [{ domain: 'cspprobe1.onmicrosoft.com' }];
  writeFileSync(rig.journal, JSON.stringify({ partner: 'another', customers }));
  await expect(rig.run()).rejects.toThrow('lists customers of another partner tenant');
  for (const text of ['{', '{"customers":[{"domain":"a/../b"}]}', '{"customers":[{"domain":"a","customerId":7}]}']) {
    writeFileSync(rig.journal, text);
    await expect(rig.run()).rejects.toThrow('cannot be read as a journal');
  }
  expect(rig.sandbox.server.requests).toEqual([]);
});
