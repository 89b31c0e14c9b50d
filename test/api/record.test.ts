import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Instance } from '../local/instance.ts';
import type { Stack } from '../local/stack.ts';
import { customer, post, request, startApp, type Answer } from './rig.ts';
import { shortTimes } from '../local/short-times.ts';

let stack: Stack;
let app: Instance;
beforeAll(async () => {
  [stack, app] = await startApp({ settings: shortTimes });
});
afterAll(() => stack.close());

const text: unknown = expect.any(String);
const stored = {
  adminUserName: text,
  userNameSecretName: text,
  userNameSecretId: text,
  passwordSecretName: text,
  passwordSecretId: text,
  vaultUri: text,
};
const known = { country: 'US', culture: 'en-US', language: 'en', enableGDAPByDefault: true };
const always = { startedAt: text, attempts: 1, correlationId: text };

function find({ domain }: Record<string, unknown>): Promise<Answer> {
  return request(app, `/v1/customers/${String(domain)}`);
}

function fullDomain({ domain }: Record<string, unknown>): string {
  return `${String(domain)}.onmicrosoft.com`;
}

test('shows a success by prefix and by full domain, in any case, with the flat schema and without the company name', async () => {
  const payload = customer();
  const created = await post(app, payload);
  const { companyName: _companyName, ...expected } = created.body;
  for (const domain of [payload['domain'], fullDomain(payload), fullDomain(payload).toUpperCase()]) {
    const { status, body } = await find({ domain });
    expect(status).toBe(200);
    expect(body).toEqual({ ...expected, ...stored, ...known, ...always });
    expect(Math.abs(Date.parse(String(body['startedAt'])) - Date.now())).toBeLessThan(60_000);
  }
});

test('shows a refusal', async () => {
  const payload = customer({ companyName: 'Contoso refuse:2030' });
  await post(app, payload);
  const { status, body } = await find(payload);
  expect([status, body]).toEqual([200, { status: 'Refused', domain: fullDomain(payload), ...known, ...always }]);
});

test('shows a running onboarding, and an open one without a lease holder', async () => {
  const payload = customer();
  stack.partnerCenter.server.faults.add({
    kind: 'reset-before',
    times: 9,
    matches: ({ operation }) => operation === 'createCustomer',
  });
  expect((await post(app, payload)).body.code).toBe('OutcomeUnknown');
  stack.partnerCenter.server.faults.clear();
  const expected = { domain: fullDomain(payload), ...known, ...always };
  expect((await find(payload)).body).toEqual({ status: 'OutcomeUnknown', ...expected });
  const row = stack.table.row(fullDomain(payload))!;
  const { outcome: _outcome, ...properties } = row.properties;
  const lease = { leaseHolder: 'another', leaseSeconds: 60 };
  stack.table.put({ ...row, properties: { ...properties, ...lease }, timestamp: Date.now() - 30_000 });
  expect((await find(payload)).body).toEqual({ status: 'InProgress', ...expected });
  stack.table.put({ ...row, properties: { ...properties, ...lease }, timestamp: Date.now() - 63_000 });
  expect((await find(payload)).body).toEqual({ status: 'OutcomeUnknown', ...expected });
});

test('shows credentials that are lost, with the customer id', async () => {
  const payload = customer();
  stack.partnerCenter.knobs.replay = 'without-password';
  const matches = ({ operation }: { operation: string }): boolean => operation === 'createCustomer';
  stack.partnerCenter.server.faults.add({ kind: 'reset-after', matches });
  const lost = await post(app, payload);
  stack.partnerCenter.knobs.replay = 'same';
  const tenant = stack.partnerCenter.tenants.get(fullDomain(payload));
  expect([lost.status, lost.body.code, lost.body.customerId]).toEqual([500, 'CredentialsLost', tenant?.customerId]);
  expect(lost.body.error?.details).toEqual([expect.objectContaining({ code: 'Remedy' })]);
  const { body } = await find(payload);
  const expected = { status: 'CredentialsLost', customerId: tenant?.customerId, domain: fullDomain(payload) };
  expect(body).toEqual({ ...expected, commerceId: text, ...known, ...always });
});

test('shows credentials that are not stored yet, with the customer id', async () => {
  const payload = customer();
  const matches = ({ operation }: { operation: string }): boolean => operation === 'createCustomer';
  stack.partnerCenter.server.onStage = (stage, asked) => {
    if (stage === 'processed' && matches(asked)) stack.credentialVault.readOnly = true;
  };
  const { body } = await post(app, payload);
  stack.partnerCenter.server.onStage = undefined;
  expect(body.code).toBe('CredentialsNotStored');
  // Other instances read the same from the row.
  const elsewhere = await stack.startInstance();
  const found = await request(elsewhere, `/v1/customers/${String(payload['domain'])}`);
  expect(found.body).toMatchObject({ status: 'CredentialsNotStored', customerId: body.customerId });
  stack.credentialVault.readOnly = false;
});

test.each(['never-seen', 'x.example', 'neverseen', 'a%2Fb', '..%2F..%2Fsecrets', 'x'.repeat(300)])(
  'answers 404 NotFound for %s',
  async (domain) => {
    const { status, body, headers } = await find({ domain });
    expect([status, body.code, body.error?.target]).toEqual([404, 'NotFound', 'domain']);
    expect(headers.get('x-ms-error-code')).toBe('NotFound');
  },
);

test('lists the onboardings of some or all statuses, page by page', async () => {
  const all = await request(app, '/v1/customers');
  const domains = (all.body['value'] as { domain: string; status: string }[]).map(({ domain }) => domain);
  expect(domains).toEqual(stack.table.rows.map(({ partitionKey }) => partitionKey));
  expect(all.body).not.toHaveProperty('nextLink');
  const lost = await request(app, '/v1/customers?status=CredentialsLost,outcomeunknown');
  const statuses = (lost.body['value'] as { status: string }[]).map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set(['CredentialsLost', 'OutcomeUnknown']));
  stack.table.scanLimit = 2;
  const paged: string[] = [];
  let path: string | undefined = '/v1/customers';
  while (path !== undefined) {
    const { body } = await request(app, path);
    paged.push(...(body['value'] as { domain: string }[]).map(({ domain }) => domain));
    path = (body['nextLink'] as string | undefined)?.replace(`${app.url}/api`, '');
  }
  stack.table.scanLimit = Infinity;
  expect(paged).toEqual(domains);
});

test.each(['status=Lost', 'status=', 'state=Succeeded', 'continuation=%25'])('refuses the query %s', async (query) => {
  const { status, body } = await request(app, `/v1/customers?${query}`);
  expect([status, body.code]).toEqual([400, 'InvalidPayload']);
});
