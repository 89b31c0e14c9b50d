import { expect, test } from 'vitest';
import { sleep } from '../../../shared/network/clock.ts';
import { breakCreates, loseAnswer } from '../rig/break-creates.ts';
import { payloadFor, send } from '../rig/caller.ts';
import { judge } from '../rig/judge.ts';
import { passLeases, realLease, withProofStack } from '../rig/proof-stack.ts';
import { until } from '../rig/pursue.ts';

const domain = 'shared.onmicrosoft.com';
const payload = payloadFor('shared');
const other = payloadFor('shared', { lastName: 'Other' });

test.concurrent('lets another payload begin once no lease is held and the domain is free', () =>
  withProofStack({ settings: realLease }, async (stack) => {
    const mend = breakCreates(stack, 'reset-before');
    const instance = await stack.startInstance();
    await send(stack, instance, payload);
    mend();
    const answer = await send(stack, instance, other);
    expect(answer).toMatchObject({ status: 201 });
    const first = await send(stack, instance, payload);
    expect(first).toMatchObject({ status: 409, code: 'AlreadyOnboarded' });
    expect(judge(stack, domain, [first, answer])).toEqual([]);
  }));

test.concurrent('answers AlreadyOnboarded to another payload while the first is being replayed', () =>
  withProofStack({}, async (stack) => {
    const instance = await stack.startInstance();
    const first = await send(stack, instance, payload);
    stack.table.server.faults.add({ kind: 'slow', delay: 300, matches: ({ operation }) => operation === 'readRow' });
    const replaying = send(stack, instance, payload);
    const answer = await send(stack, instance, other);
    expect(answer).toMatchObject({ status: 409, code: 'AlreadyOnboarded' });
    expect(await replaying).toMatchObject({ status: 200 });
    expect(judge(stack, domain, [first])).toEqual([]);
  }));

test.concurrent('does not let another payload wait long for a create that is running', () =>
  withProofStack({}, async (stack) => {
    stack.partnerCenter.knobs.createDuration = 2000;
    const instance = await stack.startInstance();
    const creating = send(stack, instance, payload);
    await until(() => stack.partnerCenter.server.requests.some(({ operation }) => operation === 'createCustomer'));
    await sleep(50);
    const start = performance.now();
    expect(await send(stack, instance, other)).toMatchObject({ status: 503, code: 'OnboardingInProgress' });
    expect(performance.now() - start).toBeLessThan(1500);
    expect(await creating).toMatchObject({ status: 201 });
  }));

test.concurrent('answers AlreadyOnboarded to another payload when the reset that it needs is refused', () =>
  withProofStack({ flow: 'app+user' }, async (stack) => {
    Object.assign(stack.partnerCenter.knobs, { replay: 'domain-exists', gdapRolesAssigned: false });
    loseAnswer(stack);
    const instance = await stack.startInstance();
    const first = await send(stack, instance, payload);
    expect(first).toMatchObject({ code: 'CredentialsLost' });
    passLeases(stack);
    const answer = await send(stack, instance, other);
    expect(answer).toMatchObject({ status: 409, code: 'AlreadyOnboarded' });
    expect(answer.body['customerId']).toBe(stack.partnerCenter.tenants.get(domain)?.customerId);
  }));

test.concurrent('reports a conflict found by lookup together with the findings of the checks', () =>
  withProofStack({}, async (stack) => {
    stack.partnerCenter.server.onStage = (stage, { operation }) => {
      if (stage === 'arrived' && operation === 'createCustomer') stack.partnerCenter.takeDomain(domain);
    };
    const instance = await stack.startInstance();
    expect(await send(stack, instance, payload)).toMatchObject({ code: 'DomainTaken' });
    const answer = await send(stack, instance, { ...payload, postalCode: 'nowhere' });
    expect(answer).toMatchObject({ status: 409, code: 'DomainTaken' });
    expect(answer.body['error']).toMatchObject({ details: [{ code: 'CountryRule', target: 'postalCode' }] });
  }));

test.concurrent('reports the warnings of the checks also when it resumes an earlier call', () =>
  withProofStack({ settings: { ADDRESS_VALIDATION: 'lenient' } }, async (stack) => {
    loseAnswer(stack, 4);
    const doubtful = payloadFor('shared', { addressLine2: 'status:Multiple' });
    const instance = await stack.startInstance();
    const first = await send(stack, instance, doubtful);
    expect(first).toMatchObject({ code: 'OutcomeUnknown' });
    const answer = await send(stack, instance, doubtful);
    expect(answer).toMatchObject({ status: 201 });
    expect(answer.body['warnings']).toMatchObject([{ code: 'AddressNotVerified' }]);
  }));
