import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Instance } from '../local/instance.ts';
import type { Stack } from '../local/stack.ts';
import { baseOf, customer, post, request, startApp, type Answer } from './rig.ts';

let stack: Stack;
let app: Instance;
beforeAll(async () => {
  const settings = { ONBOARDING_TIMEOUT_SECONDS: '4', ONBOARDING_LEASE_SECONDS: '5' };
  [stack, app] = await startApp({ settings });
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

test('shows an onboarding at work, and an open one that nobody works on any more', async () => {
  const payload = customer();
  stack.partnerCenter.server.faults.add({
    kind: 'reset-before',
    times: 9,
    matches: ({ operation }) => operation === 'createCustomer',
  });
  expect((await post(app, payload)).body.code).toBe('OutcomeUnknown');
  stack.partnerCenter.server.faults.clear();
  const expected = { domain: fullDomain(payload), ...known, ...always };
  expect((await find(payload)).body).toEqual({ status: 'InProgress', ...expected });
  stack.credentialVault.clockOffsetMs = 8000;
  expect((await find(payload)).body).toEqual({ status: 'OutcomeUnknown', ...expected });
  stack.credentialVault.clockOffsetMs = 0;
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
  expect(body).toEqual({ ...expected, ...known, ...always });
});

test('shows credentials that are not stored yet, with the customer id', async () => {
  const payload = customer();
  await post(app, payload);
  const base = baseOf(payload);
  const [start] = stack.credentialVault.versions(`${base}-onboarding`);
  const other = customer();
  const { requestId = '', owner = '' } = start?.tags ?? {};
  stack.credentialVault.setSecret(`${baseOf(other)}-onboarding`, '', { tags: start?.tags ?? {} });
  const notStored = { event: 'NotStored', attempt: '1', requestId, owner, customerId: 'c-1' };
  stack.credentialVault.setSecret(`${baseOf(other)}-onboarding`, '', { tags: notStored });
  expect((await find(other)).body).toMatchObject({ status: 'CredentialsNotStored', customerId: 'c-1' });
});

test.each(['never-seen', 'x.example', 'neverseen', '%00', 'a%2Fb', '..%2F..%2Fsecrets', 'x'.repeat(300)])(
  'answers 404 NotFound for %s',
  async (domain) => {
    const { status, body, headers } = await find({ domain });
    expect([status, body.code, body.error?.target]).toEqual([404, 'NotFound', 'domain']);
    expect(headers.get('x-ms-error-code')).toBe('NotFound');
  },
);

test('takes no notice of versions that are none of its own', async () => {
  const payload = customer();
  for (const tags of [
    {},
    { event: 'Succeeded' },
    { event: 'Unheard', attempt: '1', requestId: 'x' },
    { event: 'constructor' },
  ])
    stack.credentialVault.setSecret(`${baseOf(payload)}-onboarding`, 'foreign', { tags });
  expect((await find(payload)).status).toBe(404);
  expect((await post(app, payload)).status).toBe(201);
});
