import { expect, test } from 'vitest';
import { sleep } from '../../shared/network/clock.ts';
import { breakCreates, loseAnswer } from './rig/break-creates.ts';
import { payloadFor, send } from './rig/caller.ts';
import { judge } from './rig/judge.ts';
import { longerTimes, passLeases, realLease, withProofStack } from './rig/proof-stack.ts';
import { until } from './rig/pursue.ts';

const domain = 'shared.onmicrosoft.com';
const payload = payloadFor('shared');
const other = payloadFor('shared', { lastName: 'Other' });

test.concurrent('keeps another payload away from a create of the same instance whose outcome is unknown', () =>
  withProofStack({ settings: realLease }, async (stack) => {
    const mend = breakCreates(stack, 'reset-before');
    const instance = await stack.startInstance();
    const first = await send(stack, instance, payload);
    expect(first).toMatchObject({ status: 504, code: 'OutcomeUnknown' });
    mend();
    const second = await send(stack, instance, other);
    expect(second).toMatchObject({ status: 503, code: 'OnboardingInProgress' });
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(250);
    const validation = await instance.call('/api/v1/customers/validate', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(other),
    });
    expect(validation.status).toBe(503);
    // Whoever was told that a retry resolves it is right, and the other is told for good.
    const again = await send(stack, instance, payload);
    expect(again).toMatchObject({ status: 201 });
    const last = await send(stack, instance, other);
    expect(last).toMatchObject({ status: 409, code: 'AlreadyOnboarded' });
    expect(judge(stack, domain, [first, second, last, again])).toEqual([]);
  }),
);

test.concurrent('lets another payload begin once the lease of the first is over and its domain is free', () =>
  withProofStack({ settings: realLease }, async (stack) => {
    const mend = breakCreates(stack, 'reset-before');
    const instance = await stack.startInstance();
    await send(stack, instance, payload);
    mend();
    stack.credentialVault.clockOffsetMs += 310_000;
    const answer = await send(stack, instance, other);
    expect(answer).toMatchObject({ status: 201 });
    expect(judge(stack, domain, [answer])).toEqual([]);
  }),
);

test.concurrent('tells another payload AlreadyOnboarded while the first is being replayed', () =>
  withProofStack({ settings: longerTimes }, async (stack) => {
    const instance = await stack.startInstance();
    const first = await send(stack, instance, payload);
    const lists = stack.credentialVault.server.requests.filter(({ operation }) => operation === 'listVersions').length;
    stack.credentialVault.server.faults.add({
      kind: 'slow',
      delay: 100,
      matches: ({ operation }) => operation === 'listVersions',
    });
    const replaying = send(stack, instance, payload);
    await until(
      () =>
        stack.credentialVault.server.requests.filter(({ operation }) => operation === 'listVersions').length > lists,
    );
    const answer = await send(stack, instance, other);
    expect(answer).toMatchObject({ status: 409, code: 'AlreadyOnboarded' });
    expect(await replaying).toMatchObject({ status: 200 });
    expect(judge(stack, domain, [first])).toEqual([]);
  }),
);

test.concurrent('does not let another payload wait long for a create that is running', () =>
  withProofStack({ settings: longerTimes }, async (stack) => {
    stack.partnerCenter.knobs.createDuration = 2000;
    const instance = await stack.startInstance();
    const creating = send(stack, instance, payload);
    await until(() => stack.partnerCenter.server.requests.some(({ operation }) => operation === 'createCustomer'));
    await sleep(50);
    const start = performance.now();
    expect(await send(stack, instance, other)).toMatchObject({ status: 503, code: 'OnboardingInProgress' });
    expect(performance.now() - start).toBeLessThan(1500);
    expect(await creating).toMatchObject({ status: 201 });
  }),
);

test.concurrent('tells another payload AlreadyOnboarded when the reset that it needs is refused', () =>
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
  }),
);

test.concurrent('tells a conflict that it had to look for together with what the checks found', () =>
  withProofStack({}, async (stack) => {
    stack.partnerCenter.server.onStage = (stage, { operation }) => {
      if (stage === 'arrived' && operation === 'createCustomer') stack.partnerCenter.takeDomain(domain);
    };
    const instance = await stack.startInstance();
    expect(await send(stack, instance, payload)).toMatchObject({ code: 'DomainTaken' });
    const answer = await send(stack, instance, { ...payload, postalCode: 'nowhere' });
    expect(answer).toMatchObject({ status: 409, code: 'DomainTaken' });
    expect(answer.body['error']).toMatchObject({ details: [{ code: 'CountryRule', target: 'postalCode' }] });
  }),
);

test.concurrent('tells the warnings of the checks also where an earlier call is taken up', () =>
  withProofStack({ settings: { ...longerTimes, ADDRESS_VALIDATION: 'lenient' } }, async (stack) => {
    loseAnswer(stack, 4);
    const doubtful = payloadFor('shared', { addressLine2: 'status:Multiple' });
    const instance = await stack.startInstance();
    const first = await send(stack, instance, doubtful);
    expect(first).toMatchObject({ code: 'OutcomeUnknown' });
    const answer = await send(stack, instance, doubtful);
    expect(answer).toMatchObject({ status: 201 });
    expect(answer.body['warnings']).toMatchObject([{ code: 'AddressNotVerified' }]);
  }),
);
