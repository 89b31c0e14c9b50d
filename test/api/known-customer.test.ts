import { expect, test } from 'vitest';
import type { Stack, StackOptions } from '../local/stack.ts';
import type { Instance } from '../local/instance.ts';
import { customer, detailsOf, post, request, startApp } from './rig.ts';

const user: StackOptions = { flow: 'app+user' };

/** Starts a stack with an additional app-only instance and drops the answer to the first create; no repeat returns a password. */
async function withLostAnswer(
  options: StackOptions,
  use: (world: { stack: Stack; app: Instance; appOnly: Instance; payload: Record<string, unknown> }) => Promise<void>,
): Promise<void> {
  const [stack, app] = await startApp(options);
  try {
    stack.partnerCenter.knobs.replay = 'without-password';
    const appOnly = await stack.startInstance({ env: { PARTNER_AUTH_FLOW: 'app' } });
    const payload = customer();
    stack.partnerCenter.server.faults.add({
      kind: 'reset-after',
      matches: ({ operation }) => operation === 'createCustomer',
    });
    await use({ stack, app, appOnly, payload });
  } finally {
    await stack.close();
  }
}

/** The audit log answers with no records: it lags, or the records are too old. */
function emptyAuditLog(stack: Stack): void {
  stack.partnerCenter.server.faults.add({
    kind: 'status',
    answer: { status: 200, headers: { 'content-type': 'application/json' }, body: '{"totalCount":0,"items":[]}' },
    times: Infinity,
    matches: ({ operation }) => operation === 'readAuditRecords',
  });
}

test.concurrent('resets a password that was declared lost although the audit log no longer has the customer', () =>
  withLostAnswer(user, async ({ stack, app, appOnly, payload }) => {
    stack.partnerCenter.knobs.replay = 'domain-exists';
    const lost = await post(appOnly, payload);
    expect(lost).toMatchObject({ status: 500, body: { code: 'CredentialsLost' } });
    emptyAuditLog(stack);
    expect(await post(app, payload)).toMatchObject({ status: 201, body: { customerId: lost.body.customerId } });
  }));

test.concurrent('answers another payload with a customer that only the record can prove', () =>
  withLostAnswer({}, async ({ stack, app, payload }) => {
    const lost = await post(app, payload);
    expect(stack.table.row(`${String(payload['domain'])}.onmicrosoft.com`)?.properties['customerId']).toBe(
      lost.body.customerId,
    );
    emptyAuditLog(stack);
    expect(await post(app, { ...payload, companyName: 'Fourth Coffee' })).toMatchObject({
      status: 409,
      body: { code: 'AlreadyOnboarded', customerId: lost.body.customerId },
    });
  }));

test.concurrent.each<[string, StackOptions, Record<string, unknown>, RegExp]>([
  ['app-only', {}, {}, /PARTNER_AUTH_FLOW app\+user/],
  ['no GDAP', user, { enableGDAPByDefault: false }, /without GDAP/],
  ['a cloud without reset', { ...user, cloud: 'usgov' }, {}, /This cloud/],
])('gives the same remedy on every call and in validation, %s', (_why, options, more, remedy) =>
  withLostAnswer(options, async ({ stack, app, payload }) => {
    const answers = [await post(app, { ...payload, ...more }), await post(app, { ...payload, ...more })];
    const errorLines = (): number => stack.logLines.filter(({ level }) => level === 'error').length;
    const written = errorLines();
    for (const path of ['/v1/customers/validate', '/v1/customers?validateOnly=true'])
      answers.push(await post(app, { ...payload, ...more }, {}, path));
    for (const path of [`/v1/customers/${String(payload['domain'])}`, '/v1/customers?status=CredentialsLost'])
      expect((await request(app, path)).status).toBe(200);
    // An alert would count an error-level line of a read-only call as another loss.
    expect([written > 0, errorLines()]).toEqual([true, written]);
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 500, body: { code: 'CredentialsLost' } });
      expect(answer.body.message).toMatch(remedy);
      expect(detailsOf(answer)).toEqual(['Remedy password']);
      expect(answer.body.customerId).toBe(answers[0]?.body.customerId);
    }
  }),
);

test.concurrent('reports a customer with a lost password as valid if a real call would reset the password', () =>
  withLostAnswer(user, async ({ app, appOnly, payload }) => {
    expect(await post(appOnly, payload)).toMatchObject({ body: { code: 'CredentialsLost' } });
    const answer = await post(app, payload, {}, '/v1/customers/validate');
    expect(answer).toMatchObject({ status: 200, body: { status: 'Valid' } });
    expect(answer.body.warnings).toMatchObject([{ code: 'CredentialsLost', target: 'domain' }]);
  }));

test.concurrent('answers CredentialsNotStored for held credentials although no vault accepted any write', () =>
  withLostAnswer({}, async ({ stack, app }) => {
    stack.partnerCenter.server.faults.clear();
    stack.partnerCenter.server.onStage = (stage, { operation }) => {
      if (stage === 'processed' && operation === 'createCustomer') stack.credentialVault.readOnly = true;
    };
    const payload = customer();
    const answer = await post(app, payload);
    expect(answer).toMatchObject({ status: 503, body: { code: 'CredentialsNotStored' } });
    const found = await request(app, `/v1/customers/${String(payload['domain'])}`);
    const { customerId } = answer.body;
    expect(found).toMatchObject({ status: 200, body: { status: 'CredentialsNotStored', customerId } });
    const other = await post(app, { ...payload, companyName: 'Fourth Coffee' });
    expect(other).toMatchObject({ status: 409, body: { code: 'AlreadyOnboarded', customerId } });
  }));
