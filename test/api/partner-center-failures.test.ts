import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Instance } from '../local/instance.ts';
import type { Stack } from '../local/stack.ts';
import type { Fault } from '../local/wire/wire.ts';
import { baseOf, customer, linesOf, post, request, seen, startApp } from './rig.ts';

let stack: Stack;
let app: Instance;
beforeAll(async () => void ([stack, app] = await startApp({ settings: { ONBOARDING_TIMEOUT_SECONDS: '8' } })));
afterAll(() => stack.close());
afterEach(() => {
  stack.partnerCenter.server.faults.clear();
  stack.partnerCenter.knobs.limitPerMinute = Infinity;
});

const countries = ['NZ', 'CL', 'CO', 'PE', 'UY', 'EC', 'BO', 'CR', 'PA', 'GT', 'HN', 'NI', 'SV', 'DO', 'PY'];

/** A country whose rules are not cached yet. */
function newCountry(): string {
  return countries.shift() ?? '';
}

function spoil(operation: string, fault: Omit<Fault, 'matches'>): void {
  stack.partnerCenter.server.faults.add({ times: 99, ...fault, matches: (one) => one.operation === operation });
}

test.each(['probeDomain', 'readCountryRules', 'validateAddress', 'createCustomer'])(
  'answers 429 Throttled with the wait of Partner Center when it throttles %s',
  async (operation) => {
    const answer = stack.partnerCenter.errorAnswer(429, 429, 77);
    spoil(operation, { kind: 'status', answer });
    const refused = await post(app, customer({ country: newCountry(), state: undefined }));
    expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([429, 'Throttled', '77']);
  },
);

test('waits for a throttle that is short enough, with the same request id', async () => {
  spoil('createCustomer', { kind: 'status', answer: stack.partnerCenter.errorAnswer(429, 429, 1), times: 1 });
  const from = stack.partnerCenter.server.requests.length;
  expect((await post(app, customer())).status).toBe(201);
  const creates = seen(stack.partnerCenter.server, 'createCustomer', from);
  expect(creates).toHaveLength(2);
  expect(new Set(creates.map(({ headers, body }) => `${headers['ms-requestid']} ${body}`)).size).toBe(1);
  expect((creates[1]?.at ?? 0) - (creates[0]?.at ?? 0)).toBeGreaterThanOrEqual(990);
});

const broken: [string, Omit<Fault, 'matches'>][] = [
  ['an HTML page', { kind: 'html-502' }],
  ['a truncated answer', { kind: 'truncated' }],
  ['garbage', { kind: 'garbage' }],
  ['a reset', { kind: 'reset-before' }],
  ['500 without a body', { kind: 'status', answer: { status: 500 } }],
  ['200 with an HTML page', { kind: 'status', answer: { status: 200, body: '<html>welcome</html>' } }],
  ['404 of somebody else', { kind: 'status', answer: { status: 404, body: 'no such host' } }],
  ['404 of a gateway', { kind: 'status', answer: { status: 404, body: '{"statusCode":404,"message":"Not found"}' } }],
];

test.each(broken)('answers 502 PartnerCenterError when the country rules are %s', async (_what, fault) => {
  spoil('readCountryRules', fault);
  const answer = await post(app, customer({ country: newCountry(), state: undefined }));
  expect([answer.status, answer.body.code]).toEqual([502, 'PartnerCenterError']);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(linesOf(stack, 'PartnerCenterError').at(-1)).toMatchObject({ operation: 'readCountryRules' });
});

test.each([404, 400])(
  'treats %i with a Partner Center code as a country without rules, whatever its headers',
  async (status) => {
    const body = '{"code":2000,"description":"No validation rules were found for the country."}';
    spoil('readCountryRules', { kind: 'status', answer: { status, body } });
    const answer = await post(app, customer({ country: newCountry(), state: undefined }));
    expect([answer.status, answer.body.code, answer.body.error?.target]).toEqual([422, 'CountryRule', 'country']);
  },
);

test.each([
  ['404 without the headers of Partner Center', { status: 404 }],
  ['500', { status: 500 }],
  ['302', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }],
])('does not treat a domain as free because of %s', async (_what, answer) => {
  spoil('probeDomain', { kind: 'status', answer });
  const creates = stack.partnerCenter.createCalls;
  const refused = await post(app, customer());
  expect([refused.status, refused.body.code]).toEqual([502, 'PartnerCenterError']);
  expect(stack.partnerCenter.createCalls).toBe(creates);
});

const customerId = '7f3c9a52-1f1e-4a53-8a53-2f6f7a1b9c00';
const credentials = { userName: 'admin', password: 'Unbelievable=1' };
test.each<[string, string]>([
  ['no id', JSON.stringify({ userCredentials: credentials })],
  ['an id that is no identifier', JSON.stringify({ id: '../../x', userCredentials: credentials })],
  ['another domain', JSON.stringify({ id: customerId, companyProfile: { domain: 'x.onmicrosoft.com' } })],
  ['a list', '[]'],
  ['an HTML page', '<html>Created</html>'],
  ['half a body', '{"id":"7f3c9a52-1f1e-4a53'],
  ['no body', ''],
])('does not accept a created customer with %s, and reconciles with the same request id', async (_what, body) => {
  spoil('createCustomer', { kind: 'status', answer: { status: 201, body }, times: 1 });
  const from = stack.partnerCenter.server.requests.length;
  const payload = customer();
  const answer = await post(app, payload);
  expect(answer.status).toBe(201);
  const tenant = stack.partnerCenter.tenants.get(`${String(payload['domain'])}.onmicrosoft.com`);
  expect(answer.body.customerId).toBe(tenant?.customerId);
  const stored = stack.credentialVault.latest(`${baseOf(payload)}-admin-password`)?.value;
  expect(stored).toBe(tenant?.password);
  const ids = seen(stack.partnerCenter.server, 'createCustomer', from).map(({ headers }) => headers['ms-requestid']);
  expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
});

test.each<[string, Omit<Fault, 'matches'>]>([
  ['no answer', { kind: 'reset-before' }],
  ['lost answers', { kind: 'reset-after' }],
  ['broken answers', { kind: 'truncated' }],
  ['gateway pages', { kind: 'html-502' }],
])(
  'answers 504 OutcomeUnknown with Retry-After for %s to the create, and the retry completes it',
  async (_what, fault) => {
    spoil('createCustomer', fault);
    const payload = customer();
    const unknown = await post(app, payload);
    expect([unknown.status, unknown.body.code]).toEqual([504, 'OutcomeUnknown']);
    expect(Number(unknown.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await request(app, `/v1/customers/${String(payload['domain'])}`)).body.status).toBe('OutcomeUnknown');
    stack.partnerCenter.server.faults.clear();
    expect((await post(app, payload)).status).toBe(201);
    expect(stack.partnerCenter.creates(`${String(payload['domain'])}.onmicrosoft.com`)).toBe(1);
  },
);

test('accepts any 2xx with an id, with and without a byte order mark, and ignores unknown fields', async () => {
  stack.partnerCenter.knobs.byteOrderMark = false;
  expect((await post(app, customer())).status).toBe(201);
  stack.partnerCenter.knobs.byteOrderMark = true;
  const payload = customer();
  const domain = `${String(payload['domain'])}.onmicrosoft.com`;
  const body = { id: customerId, future: { x: 1 }, companyProfile: { domain }, userCredentials: credentials };
  const answer = { status: 200, body: `\uFEFF${JSON.stringify(body)}` };
  spoil('createCustomer', { kind: 'status', answer, times: 1 });
  const created = await post(app, payload);
  expect([created.status, created.body.customerId]).toEqual([201, customerId]);
  expect(stack.credentialVault.latest(`${baseOf(payload)}-admin-username`)?.value).toBe(`admin@${domain}`);
});
