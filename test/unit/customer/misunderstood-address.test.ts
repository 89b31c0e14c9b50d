import { afterAll, beforeAll, expect, test } from 'vitest';
import { customer, detailsOf, post, startApp } from '../../api/rig.ts';
import type { Instance } from '../../local/instance.ts';
import type { Stack } from '../../local/stack.ts';

let stack: Stack;
let strictApp: Instance;
let lenientApp: Instance;
beforeAll(async () => {
  [stack, strictApp] = await startApp();
  lenientApp = await stack.startInstance({ env: { ADDRESS_VALIDATION: 'lenient' } });
});
afterAll(() => stack.close());

const named = { 'ms-requestid': '0f0f6a52-7a4e-4c52-9d0e-0b8f3f1c2d10' };
test.each<[what: string, target: string, body: string, headers?: Record<string, string>]>([
  ['names it in data', 'state', '{"code":2001,"description":"A value is missing.","data":["state"]}'],
  ['names it in its text', 'state', '{"code":"2000","description":"The state is required for this country."}'],
  ['names a field that the payload does not have', 'country', '{"code":2000,"data":["region"]}'],
  ['names the street', 'country', '{"code":2000,"data":["billingProfile.defaultAddress.addressLine1"]}'],
  ['speaks without a code', 'state', '{"message":"The state is required."}', named],
  ['says nothing', 'country', '', named],
])('does not blame the street when a request that requires a field of another country %s', async (_what, ...wrong) => {
  const [target, body, headers] = wrong;
  const answer = { status: 400, body, ...(headers ? { headers } : {}) };
  const matches = ({ operation }: { operation: string }): boolean => operation === 'validateAddress';
  stack.partnerCenter.server.faults.add({ kind: 'status', answer, matches, times: 3 });
  const payload = customer({ addressLine1: '1 Misunderstood Street' });
  const strict = await post(strictApp, payload);
  const confirmed = await post(strictApp, { ...payload, addressConfirmed: true }, {}, '/v1/customers/validate');
  const lenient = await post(lenientApp, payload);
  stack.partnerCenter.server.faults.clear();
  expect([strict.status, ...detailsOf(strict)]).toEqual([422, `AddressNotVerified ${target}`]);
  for (const { status, body: warned } of [confirmed, lenient]) {
    expect(status).toBeLessThan(300);
    expect(warned.warnings).toMatchObject([{ code: 'AddressNotVerified', target }]);
  }
});
