import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { WireAnswer, WireRequest } from '../../local/wire/wire.ts';
import { answersOf, rowOf, startRig, type Rig } from './rig.ts';

/** Answers the matching requests in place of the sandbox, which never sees them. */
function answerInstead(
  rig: Rig,
  matches: (request: WireRequest) => boolean,
  make: (request: WireRequest) => WireAnswer,
): void {
  let answer: WireAnswer | undefined;
  rig.sandbox.server.faults.add({
    kind: 'status',
    times: Infinity,
    matches: (request) => {
      const matched = matches(request);
      if (matched) answer = make(request);
      return matched;
    },
    get answer() {
      return answer ?? { status: 500 };
    },
  });
}

const isCreate = ({ operation }: WireRequest): boolean => operation === 'createCustomer';

/** A customer as the service would return it, without creating one. */
function customer({ body }: WireRequest, more: object = {}): WireAnswer {
  const { companyProfile } = JSON.parse(body) as { companyProfile: object };
  return { status: 201, body: JSON.stringify({ id: randomUUID(), companyProfile, ...more }) };
}

const withPassword = (password: string) => ({ userCredentials: { userName: 'admin', password } });

test('detects a repeat that returns another password', async () => {
  const rig = await startRig();
  const seen = new Set<string>();
  const isRepeat = ({ headers, operation }: WireRequest): boolean => {
    const id = headers['ms-requestid'] ?? '';
    return operation === 'createCustomer' && (seen.has(id) || !seen.add(id));
  };
  answerInstead(rig, isRepeat, (request) => customer(request, withPassword('another;password')));
  const row = rowOf(await rig.run({ plan: { wait: 50 } }), 'replay');
  expect(row).toMatchObject({ answer: 'other-password', verdict: 'breaks' });
  expect(JSON.stringify(row)).not.toContain('another;password');
});

test('detects an audit record with a foreign correlation id', async () => {
  const rig = await startRig();
  const isAudit = ({ operation }: WireRequest): boolean => operation === 'readAuditRecords';
  answerInstead(rig, isAudit, () => {
    const [tenant] = rig.sandbox.tenants.values();
    const added = { operationType: 'add_customer', operationStatus: 'succeeded', originalCorrelationId: randomUUID() };
    const customizedData = [{ key: 'PrimaryDomainName', value: tenant?.domain }];
    return { status: 200, body: JSON.stringify({ items: [{ ...added, customizedData }] }) };
  });
  const row = rowOf(await rig.run(), 'audit-lag');
  expect(row).toMatchObject({ answer: 'other-correlation-id', verdict: 'breaks' });
  expect(row.change).toContain('shared/onboarding/look-up-owner.ts');
});

test.each([
  ['accepted', (sent: string) => withPassword(sent)],
  ['ignored', () => withPassword('chosen;by=them')],
  ['without-password', () => ({})],
])('finds out whether a password in the request is %s', async (answer, echo) => {
  const rig = await startRig();
  const isOurs = (request: WireRequest): boolean => isCreate(request) && request.body.includes('userCredentials');
  answerInstead(rig, isOurs, (request) => {
    const { userCredentials } = JSON.parse(request.body) as { userCredentials: { password: string } };
    return customer(request, echo(userCredentials.password));
  });
  const report = await rig.run({ plan: { wait: 50 } });
  expect(rowOf(report, 'own-password').answer).toBe(answer);
  expect(JSON.stringify(report)).not.toContain('chosen;by=them');
});

test.each([
  ['false', { enableGDAPByDefault: false }],
  ['not-echoed', {}],
])('finds out what a missing enableGDAPByDefault means: %s', async (answer, echo) => {
  const rig = await startRig();
  const isOmitted = (request: WireRequest): boolean => isCreate(request) && !request.body.includes('enableGDAP');
  answerInstead(rig, isOmitted, (request) => customer(request, { ...echo, ...withPassword('not;a=secret') }));
  expect(rowOf(await rig.run({ plan: { wait: 50 } }), 'gdap-omitted').answer).toBe(answer);
});

test('detects that a contract version is checked only when it is sent', async () => {
  const rig = await startRig();
  answerInstead(
    rig,
    ({ headers }) => headers['ms-contract-version'] === 'v0',
    () => ({ status: 400 }),
  );
  const row = rowOf(await rig.run(), 'contract-version');
  expect(row).toMatchObject({ answer: 'checked-when-sent', verdict: 'confirms' });
});

test('falls back to a short prefix if the longest allowed one is refused', async () => {
  const rig = await startRig();
  const isLongest = (request: WireRequest): boolean => isCreate(request) && request.body.includes('"1cspprobe');
  answerInstead(rig, isLongest, () => ({ status: 400, body: '{"code": 2000, "description": "Not valid."}' }));
  const report = await rig.run();
  expect(answersOf(report)).toMatchObject({ create: 'created', replay: 'same-password', 'prefix-27': 'refused' });
  expect(rowOf(report, 'prefix-27').change).toContain('shared/customer/domain.ts');
});

test('reports a sandbox that does not accept the customer, and leaves nothing behind', async () => {
  const rig = await startRig({ forbiddenCountries: ['US'] });
  const report = await rig.run();
  expect(rowOf(report, 'create')).toMatchObject({ answer: 'refused', verdict: 'open' });
  expect(rowOf(report, 'create').came).toMatch(/^prefix of 27: 403, code 2030 .*; prefix of 14: 403, code 2030/);
  expect(report).toMatchObject({ customersCreated: 0, leftBehind: [] });
});

test('repeats an unanswered create, and a throttled one', async () => {
  const rig = await startRig();
  rig.sandbox.server.faults.add({ kind: 'reset-after', matches: isCreate });
  rig.sandbox.server.faults.add({ kind: 'status', matches: isCreate, answer: { status: 429 } });
  const report = await rig.run();
  expect(answersOf(report)).toMatchObject({ create: 'unanswered', replay: 'same-password', duration: 'unanswered' });
  expect(rowOf(report, 'ever-202').came).toContain('no answer');
});
