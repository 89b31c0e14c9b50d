import { expect, test } from 'vitest';
import type { StackOptions } from '../../local/stack.ts';
import { loseAnswer } from '../rig/break-creates.ts';
import { payloadFor, send } from '../rig/caller.ts';
import { loseFirstAnswers } from '../rig/crash-run.ts';
import { judge } from '../rig/judge.ts';
import { withProofStack } from '../rig/proof-stack.ts';
import { errorLines, pursue } from '../rig/pursue.ts';

const domain = 'reset.onmicrosoft.com';
const payload = payloadFor('reset');
const app: StackOptions = {};
const user: StackOptions = { flow: 'app+user' };

test.concurrent('names the missing GDAP role, and resets once it is assigned', () =>
  withProofStack(user, async (stack) => {
    Object.assign(stack.partnerCenter.knobs, { replay: 'without-password', gdapRolesAssigned: false });
    await loseFirstAnswers(stack, [domain]);
    const instance = await stack.startInstance();
    const first = await send(stack, instance, payload);
    expect(first).toMatchObject({ status: 500, code: 'CredentialsLost' });
    expect(first.body['message']).toMatch(/GDAP role Privileged Authentication Administrator/);
    expect(first.body['error']).toMatchObject({ details: [{ code: 'Remedy' }] });
    expect(first.body['customerId']).toBe(stack.partnerCenter.tenants.get(domain)?.customerId);
    stack.partnerCenter.knobs.gdapRolesAssigned = true;
    const second = await send(stack, instance, payload);
    expect(second).toMatchObject({ status: 201 });
    expect(judge(stack, domain, [first, second])).toEqual([]);
  }));

test.concurrent('finds the administrator on later pages, after users with similar names', () =>
  withProofStack(user, async (stack) => {
    Object.assign(stack.partnerCenter.knobs, { replay: 'without-password', extraUsers: 250 });
    await loseFirstAnswers(stack, [domain]);
    const answers = await pursue(stack, await stack.startInstance(), payload);
    expect(answers.at(-1)).toMatchObject({ status: 201 });
    expect(judge(stack, domain, answers)).toEqual([]);
  }));

test.concurrent.each<[string, StackOptions, object, RegExp]>([
  ['the sign-in is app-only', app, {}, /PARTNER_AUTH_FLOW app\+user/],
  ['the customer has no GDAP', user, { enableGDAPByDefault: false }, /without GDAP/],
  ['the cloud has no reset', { ...user, cloud: 'usgov' }, { domain: 'reset' }, /This cloud/],
])('declares the password lost with a remedy when %s', (_why, options, more, remedy) =>
  withProofStack(options, async (stack) => {
    stack.partnerCenter.knobs.replay = 'without-password';
    const suffix = options.cloud === 'usgov' ? 'onmicrosoft.us' : 'onmicrosoft.com';
    const lostPayload = { ...payload, ...more };
    loseAnswer(stack);
    const instance = await stack.startInstance();
    const answer = (await pursue(stack, instance, lostPayload)).at(-1);
    expect(answer).toMatchObject({ status: 500, code: 'CredentialsLost' });
    expect(answer?.body['message']).toMatch(remedy);
    expect(answer?.body['customerId']).toBe(stack.partnerCenter.tenants.get(`reset.${suffix}`)?.customerId);
    expect(errorLines(instance, 'CredentialsLost')).toHaveLength(1);
    expect(stack.table.row(`reset.${suffix}`)?.properties).toMatchObject({ state: 'Open', outcome: 'CredentialsLost' });
  }),
);

test.concurrent('resets a password that was declared lost once App+User is set up', () =>
  withProofStack(user, async (stack) => {
    stack.partnerCenter.knobs.replay = 'without-password';
    await loseFirstAnswers(stack, [domain]);
    const appOnly = await stack.startInstance({ env: { PARTNER_AUTH_FLOW: 'app' } });
    const before = await pursue(stack, appOnly, payload);
    expect(before.at(-1)).toMatchObject({ code: 'CredentialsLost' });
    const after = await pursue(stack, await stack.startInstance(), payload);
    expect(after.at(-1)).toMatchObject({ status: 201 });
    expect(judge(stack, domain, [...before, ...after])).toEqual([]);
  }));

test.concurrent('uses no older password once a reset has begun, even after App+User is removed again', () =>
  withProofStack(user, async (stack) => {
    stack.partnerCenter.knobs.replay = 'domain-exists';
    await loseFirstAnswers(stack, [domain]);
    stack.partnerCenter.server.faults.add({
      kind: 'reset-after',
      times: 9,
      matches: ({ operation }) => operation === 'resetPassword',
    });
    expect(await send(stack, await stack.startInstance(), payload)).toMatchObject({ code: 'OutcomeUnknown' });
    // Partner Center now returns the first password again, which is no longer valid.
    stack.partnerCenter.knobs.replay = 'same';
    const appOnly = await pursue(stack, await stack.startInstance({ env: { PARTNER_AUTH_FLOW: 'app' } }), payload);
    expect(appOnly.at(-1)).toMatchObject({ code: 'CredentialsLost' });
    expect(judge(stack, domain, appOnly)).toEqual([]);
    stack.partnerCenter.server.faults.clear();
    const answers = await pursue(stack, await stack.startInstance(), payload);
    expect(answers.at(-1)).toMatchObject({ status: 201 });
    expect(judge(stack, domain, answers)).toEqual([]);
  }));

test.concurrent.each([
  ['app', { code: 'CredentialsLost' }],
  ['app+user', { status: 201 }],
] as const)('does not accept a refusal (27002) when the tenant exists nevertheless, with %s', (flow, end) =>
  withProofStack({ flow }, async (stack) => {
    const refused = payloadFor('reset', { companyName: 'Coffee refuse:27002-tenant' });
    const answers = await pursue(stack, await stack.startInstance(), refused);
    expect(answers.at(-1)).toMatchObject(end);
    expect(judge(stack, domain, answers)).toEqual([]);
  }),
);

test.concurrent('answers RejectedByPartnerCenter when nothing was created, and starts a new attempt for a corrected payload', () =>
  withProofStack(app, async (stack) => {
    const instance = await stack.startInstance();
    const refused = await send(stack, instance, payloadFor('reset', { companyName: 'Coffee refuse:27002' }));
    expect(refused).toMatchObject({ status: 422, code: 'RejectedByPartnerCenter' });
    const answer = await send(stack, instance, payload);
    expect(answer).toMatchObject({ status: 201 });
    const creates = stack.partnerCenter.server.requests.filter(({ operation }) => operation === 'createCustomer');
    expect(new Set(creates.map(({ headers }) => headers['ms-requestid'])).size).toBe(2);
    expect(judge(stack, domain, [refused, answer])).toEqual([]);
  }));
