import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Instance } from '../local/instance.ts';
import type { Stack } from '../local/stack.ts';
import { customer, post, startApp } from './rig.ts';

let stack: Stack;
let app: Instance;
beforeAll(async () => {
  [stack, app] = await startApp({ settings: { ONBOARDING_TIMEOUT_SECONDS: '4' } });
});
afterAll(() => stack.close());

const html = '<html>none</html>';
test.each<[string, Record<string, string>, string]>([
  ['no header', {}, html],
  ['the request id of another service', { 'x-ms-request-id': '1' }, html],
  ["another service's words", { 'content-type': 'application/json' }, '{"error":{"code":"ResourceNotFound"}}'],
])('does not treat the 404 of a proxy as an absent row: %s', async (_what, headers, body) => {
  const answer = { status: 404, headers: { 'content-type': 'text/html', ...headers }, body };
  const matches = ({ operation }: { operation: string }): boolean => operation === 'readRow';
  stack.table.server.faults.add({ kind: 'status', answer, times: 99, matches });
  const creates = stack.partnerCenter.createCalls;
  const refused = await post(app, customer());
  stack.table.server.faults.clear();
  expect([refused.status, refused.body.code]).toEqual([503, 'RecordUnavailable']);
  expect(stack.partnerCenter.createCalls).toBe(creates);
});

test.each<[string, Record<string, string | number>]>([
  ['an unknown state', { state: 'Nonsense' }],
  ['attempts that are no JSON', { attempts: '[{' }],
  ['an attempt that is not there', { current: 7 }],
])('creates nothing and reports that a row was edited by hand: %s', async (_what, edit) => {
  const payload = customer();
  const domain = `${String(payload['domain'])}.onmicrosoft.com`;
  expect((await post(app, payload)).status).toBe(201);
  const row = stack.table.row(domain)!;
  stack.table.put({ ...row, properties: { ...row.properties, ...edit } });
  const edited = stack.table.row(domain)?.etag;
  const creates = stack.partnerCenter.createCalls;
  const refused = await post(app, payload);
  expect([refused.status, refused.body.code]).toEqual([503, 'RecordUnavailable']);
  expect(stack.partnerCenter.createCalls).toBe(creates);
  expect(stack.table.row(domain)?.etag).toBe(edited);
  expect(stack.logLines.some(({ message }) => message.includes('RecordUnreadable') && message.includes(domain))).toBe(
    true,
  );
});

test.each<[string, (stack: Stack, on: boolean) => void]>([
  ['is missing', ({ table }, on) => void (table.missing = on)],
  ['may not be read', ({ table }, on) => void (table.permissions = new Set(on ? [] : ['read', 'write']))],
])('names the setting where the table %s', async (_what, set) => {
  set(stack, true);
  const creates = stack.partnerCenter.createCalls;
  const answers = [await post(app, customer()), await post(app, customer(), {}, '/v1/customers/validate')];
  set(stack, false);
  for (const answer of answers) expect([answer.status, answer.body.code]).toEqual([500, 'ConfigurationError']);
  expect(stack.partnerCenter.createCalls).toBe(creates);
  expect(stack.logLines.some(({ message }) => message.includes('"setting":"ONBOARDING_TABLE_URL"'))).toBe(true);
});
