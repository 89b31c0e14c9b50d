import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Instance } from '../local/instance.ts';
import type { Stack } from '../local/stack.ts';
import { baseOf, customer, detailsOf, newPrefix, post, request, seen, startApp } from './rig.ts';

let stack: Stack;
let app: Instance;
beforeAll(async () => void ([stack, app] = await startApp()));
afterAll(() => stack.close());

/** A payload whose domain belongs to another organization. */
function taken(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const domain = newPrefix();
  stack.partnerCenter.takeDomain(`${domain}.onmicrosoft.com`);
  return customer({ domain, ...changes });
}

test('answers 409 DomainTaken for a domain of another organization, and writes nothing', async () => {
  const payload = taken();
  const answer = await post(app, payload);
  expect([answer.status, answer.body.code, answer.body.error?.target]).toEqual([409, 'DomainTaken', 'domain']);
  expect(answer.headers.get('x-ms-error-code')).toBe('DomainTaken');
  expect(stack.credentialVault.latest(`${baseOf(payload)}-onboarding`)).toBeUndefined();
  expect(stack.partnerCenter.createCalls).toBe(0);
});

test.each<[string, Record<string, unknown>, string, string[]]>([
  ['domain and rule', { state: 'ZZ' }, 'DomainTaken', ['CountryRule state']],
  ['domain and address', { addressLine2: 'status:None' }, 'DomainTaken', ['AddressNotVerified addressLine1']],
  [
    'domain, rule and address',
    { state: 'ZZ', postalCode: '1', addressLine2: 'status:None' },
    'DomainTaken',
    ['CountryRule postalCode', 'CountryRule state', 'AddressNotVerified addressLine1'],
  ],
])('reports %s together, the conflict before the rule before the address', async (_what, changes, code, details) => {
  for (const path of ['/v1/customers', '/v1/customers/validate']) {
    const answer = await post(app, taken(changes), {}, path);
    expect([answer.body.code, ...detailsOf(answer)]).toEqual([code, ...details]);
  }
});

test('reports only the payload faults, before any request to Partner Center or a vault', async () => {
  const before = stack.partnerCenter.server.requests.length;
  const answer = await post(app, taken({ state: 'ZZ', email: 'x', surprise: 1 }));
  expect([answer.status, answer.body.code]).toEqual([400, 'InvalidPayload']);
  expect(detailsOf(answer)).toEqual(['Unknown surprise', 'Invalid email']);
  expect(stack.partnerCenter.server.requests.length).toBe(before);
});

test.each(['probeDomain', 'validateAddress'])(
  'reports a broken rule first and the failure of %s in the details',
  async (operation) => {
    const answer = { status: 500 };
    stack.partnerCenter.server.faults.add({
      kind: 'status',
      answer,
      times: 9,
      matches: (one) => one.operation === operation,
    });
    const refused = await post(app, customer({ state: 'ZZ' }));
    stack.partnerCenter.server.faults.clear();
    expect([refused.status, refused.body.code]).toEqual([422, 'CountryRule']);
    expect(detailsOf(refused)).toEqual(['CountryRule state', 'PartnerCenterError']);
  },
);

test('reports a broken rule before a record that cannot be read', async () => {
  stack.table.outage = true;
  const [refused, validated] = await Promise.all(
    ['/v1/customers', '/v1/customers/validate'].map((path) => post(app, customer({ state: 'ZZ' }), {}, path)),
  );
  stack.table.outage = false;
  for (const answer of [refused, validated]) {
    expect([answer?.status, answer?.body.code]).toEqual([422, 'CountryRule']);
    expect(answer && detailsOf(answer)).toEqual(['CountryRule state', 'RecordUnavailable']);
  }
});

test('begins a new attempt with a new request id after a refusal, for the same payload and for another', async () => {
  const payload = customer({ companyName: 'Contoso refuse:27002' });
  const domain = `${String(payload['domain'])}.onmicrosoft.com`;
  const refused = await post(app, payload);
  expect([refused.status, refused.body.code, ...detailsOf(refused)]).toEqual([422, 'RejectedByPartnerCenter', '27002']);
  const record = await request(app, `/v1/customers/${domain}`);
  expect(record.body).toMatchObject({ status: 'Refused', attempts: 1 });
  expect((await post(app, payload)).status).toBe(422);
  const corrected = await post(app, { ...payload, companyName: 'Contoso' });
  expect(corrected.status).toBe(201);
  const ids = seen(stack.partnerCenter.server, 'createCustomer')
    .filter(({ body }) => body.includes(domain))
    .map(({ headers }) => headers['ms-requestid']);
  expect([ids.length, new Set(ids).size]).toEqual([3, 3]);
  const known = await request(app, `/v1/customers/${domain}`);
  expect(known.body).toMatchObject({ status: 'Succeeded', attempts: 3, customerId: corrected.body.customerId });
});

test.each([
  [400, 3000],
  [409, 409],
] as const)('answers DomainTaken when the create is refused with %i/%i', async (takenAnswer, takenCode) => {
  const payload = customer();
  const domain = `${String(payload['domain'])}.onmicrosoft.com`;
  Object.assign(stack.partnerCenter.knobs, { takenAnswer, takenCode });
  stack.partnerCenter.server.onStage = (stage, { operation }) => {
    if (stage === 'arrived' && operation === 'createCustomer') stack.partnerCenter.takeDomain(domain);
  };
  const answer = await post(app, payload);
  stack.partnerCenter.server.onStage = undefined;
  expect([answer.status, answer.body.code]).toEqual([409, 'DomainTaken']);
  expect((await request(app, `/v1/customers/${domain}`)).body.status).toBe('Refused');
});
