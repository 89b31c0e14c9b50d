import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Instance } from '../local/instance.ts';
import type { ErrorShape } from '../local/partner-center/knobs.ts';
import type { Stack } from '../local/stack.ts';
import { customer, detailsOf, linesOf, post, startApp } from './rig.ts';

let stack: Stack;
let app: Instance;
beforeAll(async () => void ([stack, app] = await startApp({ flow: 'app+user' })));
afterAll(() => stack.close());

const text = 'Amelia Reyes at 4567 Main Street was refused';

test.each([
  [400, 2000],
  [400, 2001],
  [400, 3000],
  [400, 27002],
  [403, 2030],
  [400, 600002],
  [403, 600006],
  [400, 600049],
  [400, 600050],
  [400, 600051],
  [400, 800002],
  [404, 800015],
  [400, 800016],
  [400, 800018],
  [403, 800039],
  [403, 900123],
  [403, 900124],
  [400, 900127],
  [400, 900141],
  [403, 900149],
  [400, 987654],
])('answers 422 with the code of a refusal %i/%i and its own message', async (status, code) => {
  stack.partnerCenter.knobs.createRefusal = { status, code, description: text, data: [text], times: 1 };
  const payload = customer();
  const answer = await post(app, payload);
  expect([answer.status, answer.body.code, ...detailsOf(answer)]).toEqual([
    422,
    'RejectedByPartnerCenter',
    expect.stringMatching(new RegExp(`^${code}( [a-zA-Z]+)?$`)),
  ]);
  expect(answer.text).not.toContain('Amelia');
  expect(answer.headers.get('retry-after')).toBeNull();
  const row = stack.table.row(`${String(payload['domain'])}.onmicrosoft.com`);
  expect(row?.properties).toMatchObject({ state: 'Refused', outcome: 'RejectedByPartnerCenter' });
  expect(linesOf(stack, 'RejectedByPartnerCenter').at(-1)).toMatchObject({ code: String(code), status });
});

test.each<[ErrorShape, boolean, string]>([
  ['A', false, '27002'],
  ['A', true, '27002'],
  ['B', false, '27002'],
  ['B', true, '27002'],
  ['C', true, 'HTTP_400'],
  ['D', true, 'HTTP_400'],
])('reads a refusal in shape %s (byte order mark: %s)', async (errorShape, byteOrderMark, expected) => {
  const { knobs } = stack.partnerCenter;
  Object.assign(knobs, { errorShape, byteOrderMark, codeAsText: byteOrderMark });
  knobs.createRefusal = { status: 400, code: 27002, description: text, times: 1 };
  const answer = await post(app, customer());
  Object.assign(knobs, { errorShape: undefined, byteOrderMark: true, codeAsText: false });
  expect([answer.status, ...detailsOf(answer)]).toEqual([422, expected]);
  expect(answer.text).not.toContain('Amelia');
});

test.each([
  [403, 2032],
  [403, 90_000],
  [403, 900150],
  [403, 900308],
  [403, 900309],
  [403, 900329],
  [401, 900420],
  [401, 900421],
  [401, 800001],
  [401, 400],
])('answers 502 PartnerAuthenticationFailed for %i/%i, and logs the code', async (status, code) => {
  const answer = { ...stack.partnerCenter.errorAnswer(status, code) };
  const { faults } = stack.partnerCenter.server;
  faults.add({ kind: 'status', answer, times: 9, matches: ({ operation }) => operation === 'createCustomer' });
  const refused = await post(app, customer());
  faults.clear();
  expect([refused.status, refused.body.code]).toEqual([502, 'PartnerAuthenticationFailed']);
  expect(linesOf(stack, 'PartnerAuthenticationFailed').at(-1)).toMatchObject({ code: String(code), status });
});

test('gets one new token on a plain 401, and continues', async () => {
  const answer = stack.partnerCenter.errorAnswer(401, 800001);
  const tokens = stack.entra.issued.length;
  const matches = ({ operation }: { operation: string }): boolean => operation === 'probeDomain';
  stack.partnerCenter.server.faults.add({ kind: 'status', answer, matches });
  expect((await post(app, customer())).status).toBe(201);
  expect(stack.entra.issued.length - tokens).toBe(1);
});

test('does not accept a refusal while the domain exists: it repeats the request with the same id and gets the customer', async () => {
  const payload = customer({ companyName: 'Contoso refuse:27002-tenant' });
  const answer = await post(app, payload);
  expect([answer.status, answer.body.code]).not.toEqual([422, 'RejectedByPartnerCenter']);
  expect(stack.partnerCenter.creates(`${String(payload['domain'])}.onmicrosoft.com`)).toBe(1);
});

test('creates for an indirect reseller, and reports which reseller was refused', async () => {
  const reseller = '4b8d7f8e-3b6c-4a0e-9c3b-9a7d1d2f5e60';
  const good = await post(app, customer({ associatedPartnerId: reseller }));
  expect(good.status).toBe(201);
  const bad = await post(app, customer({ associatedPartnerId: `${reseller.slice(0, 24)}000000800016` }));
  expect([bad.status, ...detailsOf(bad)]).toEqual([422, '800016 associatedPartnerId']);
});

test.each([
  [600_050, { taxIdSample: '11.222.333/0001-81' }, 'Correct it. For example: 11.222.333/0001-81.'],
  [600_049, { taxIdSample: '11.222.333/0001-81' }, 'Add it. For example: 11.222.333/0001-81.'],
  [600_051, { countryCallingCodesList: ['55'] }, "Add it. This country's calling codes are: +55."],
  [600_050, { taxIdSample: null }, 'Correct it.'],
])('shows the correct format if Partner Center refuses with %i and sends %j', async (code, rules, message) => {
  const unruled = {
    customerOrganizationRegistrationNumberRegex: null,
    customerOrganizationRegistrationNumberSample: null,
  };
  stack.partnerCenter.knobs.countryRules['BR'] = { ...unruled, ...rules };
  stack.partnerCenter.knobs.createRefusal = { status: 400, code, description: text, times: 1 };
  const brazilian = { country: 'BR', state: 'SP', postalCode: '01310-100', phoneNumber: '+55 11 5550 0100' };
  const payload = customer({ ...brazilian, organizationRegistrationNumber: '12.345.678/0001-95' });
  const answer = await post(await stack.startInstance(), payload);
  expect(answer.status).toBe(422);
  expect(answer.body.error?.details?.[0]?.message.slice(-message.length)).toBe(message);
});
