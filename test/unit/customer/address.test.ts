import { afterAll, beforeAll, expect, test } from 'vitest';
import { customer, detailsOf, post, seen, startApp } from '../../api/rig.ts';
import type { Instance } from '../../local/instance.ts';
import type { Stack } from '../../local/stack.ts';

type Verdict = 'passes' | 'warns' | 'refused';
const table: readonly [string, Verdict, Verdict][] = [
  ['VerifiedShippable', 'passes', 'passes'],
  ['Verified', 'passes', 'passes'],
  ['NotValidated', 'warns', 'warns'],
  ['InteractionRequired', 'refused', 'warns'],
  ['StreetPartial', 'refused', 'warns'],
  ['PremisesPartial', 'refused', 'warns'],
  ['Multiple', 'refused', 'warns'],
  ['None', 'refused', 'refused'],
  ['SomethingNew', 'refused', 'warns'],
];
const cases = table.flatMap(([status, strict, lenient]) => [
  { status, mode: 'strict' as const, expected: strict },
  { status, mode: 'lenient' as const, expected: lenient },
  { status, mode: 'off' as const, expected: 'passes' as Verdict },
]);

let stack: Stack;
let modes: Record<'strict' | 'lenient' | 'off', Instance>;
beforeAll(async () => {
  const [started, strict] = await startApp();
  stack = started;
  const [lenient, off] = await Promise.all(
    ['lenient', 'off'].map((mode) => stack.startInstance({ env: { ADDRESS_VALIDATION: mode } })),
  );
  modes = { strict, lenient: lenient!, off: off! };
});
afterAll(() => stack.close());

test.each(cases)('$mode: an address that is $status $expected', async ({ status, mode, expected }) => {
  const creates = stack.partnerCenter.createCalls;
  const answer = await post(modes[mode], customer({ addressLine2: `Suite 200 status:${status}` }));
  expect(answer.status).toBe(expected === 'refused' ? 422 : 201);
  expect(answer.body.code).toBe(expected === 'refused' ? 'AddressNotVerified' : undefined);
  expect(answer.body.warnings?.length ?? 0).toBe(expected === 'warns' ? 1 : 0);
  expect(stack.partnerCenter.createCalls - creates).toBe(expected === 'refused' ? 0 : 1);
  for (const { code, message, target } of answer.body.warnings ?? []) {
    expect([code, target]).toEqual([expect.stringMatching(/^AddressNot(Verified|Validated)$/), 'addressLine1']);
    expect(message).toMatch(/\.$/);
  }
});

test.each([
  ['StreetPartial', 201],
  ['SomethingNew', 201],
  ['None', 422],
])('accepts the confirmation of a caller for an address that is %s: %i', async (status, expected) => {
  const payload = customer({ addressLine2: `Suite 200 status:${status}`, addressConfirmed: true });
  const answer = await post(modes.strict, payload);
  expect([answer.status, answer.body.warnings?.length ?? 0]).toEqual([expected, expected === 201 ? 1 : 0]);
  const sent = seen(stack.partnerCenter.server, 'createCustomer', 0).map(({ body }) => body);
  expect(sent.join('')).not.toContain('addressConfirmed');
});

test('does not ask Partner Center about an address when the check is off', async () => {
  const from = stack.partnerCenter.server.requests.length;
  await post(modes.off, customer());
  expect(seen(stack.partnerCenter.server, 'validateAddress', from)).toEqual([]);
});

test('reads statuses that contain spaces', async () => {
  stack.partnerCenter.knobs.spacedStatuses = true;
  const refused = await post(modes.strict, customer({ addressLine2: 'status:StreetPartial' }));
  const passed = await post(modes.strict, customer({ addressLine2: 'status:VerifiedShippable' }));
  stack.partnerCenter.knobs.spacedStatuses = false;
  expect([refused.status, passed.status]).toEqual([422, 201]);
});

test('lists the suggestions in the details, with only the fields that differ', async () => {
  const payload = customer({ addressLine1: '4567 MAIN STREET', addressLine2: 'status:InteractionRequired' });
  const answer = await post(modes.strict, payload);
  expect(answer.body.error?.details).toEqual([
    expect.objectContaining({ code: 'AddressNotVerified', target: 'addressLine1' }),
    { code: 'Suggestion', target: 'postalCode', message: 'Partner Center suggests: 98052-6399' },
  ]);
});

test('refuses an address on the error that Partner Center returned until 2021, without its text', async () => {
  stack.partnerCenter.knobs.addressAnswer = 'error-2007';
  const answer = await post(modes.strict, customer({ addressLine2: 'status:None' }));
  stack.partnerCenter.knobs.addressAnswer = 'current';
  expect([answer.status, answer.body.code]).toEqual([422, 'AddressNotVerified']);
  expect(answer.text).not.toContain('corrected_address');
});

test.each([
  ['an HTML page', { headers: { 'content-type': 'text/html' }, body: '<html>Verified</html>' }],
  ['half an object', { body: '{"status":"Veri' }],
  ['a list', { body: '[]' }],
  ['an object without a status', { body: '{"suggestedAddresses":[]}' }],
  ['a status that is no text', { body: '{"status":1}' }],
])('does not accept an answer of 200 with %s', async (_what, answer) => {
  const from = stack.partnerCenter.createCalls;
  const fault = { kind: 'status' as const, answer: { status: 200, ...answer }, times: 4 };
  stack.partnerCenter.server.faults.add({ ...fault, matches: ({ operation }) => operation === 'validateAddress' });
  const refused = await post(modes.strict, customer());
  stack.partnerCenter.server.faults.clear();
  expect([refused.status, refused.body.code]).toEqual([502, 'PartnerCenterError']);
  expect(stack.partnerCenter.createCalls).toBe(from);
});

test('treats the empty answer of the former API as an address that was not checked', async () => {
  stack.partnerCenter.knobs.addressAnswer = 'empty-200';
  const answer = await post(modes.strict, customer());
  stack.partnerCenter.knobs.addressAnswer = 'current';
  expect([answer.status, answer.body.warnings?.length]).toEqual([201, 1]);
});

test('reports country rule and address together, the rule first', async () => {
  const answer = await post(modes.strict, customer({ state: 'ZZ', addressLine2: 'status:None' }));
  expect([answer.status, answer.body.code]).toEqual([422, 'CountryRule']);
  expect(detailsOf(answer)).toEqual(['CountryRule state', 'AddressNotVerified addressLine1']);
});
