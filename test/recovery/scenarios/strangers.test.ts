import { expect, test } from 'vitest';
import { sleep } from '../../../shared/network/clock.ts';
import { breakCreates } from '../rig/break-creates.ts';
import { payloadFor, send, stateOf } from '../rig/caller.ts';
import { withProofStack } from '../rig/proof-stack.ts';
import { pursue, until } from '../rig/pursue.ts';

const domain = 'sought.onmicrosoft.com';
const payload = payloadFor('sought');

test.concurrent('does not treat the customer of a colleague as its own', () =>
  withProofStack({ flow: 'app+user' }, async (stack) => {
    const mend = breakCreates(stack, 'reset-before');
    const instance = await stack.startInstance();
    expect(await send(stack, instance, payload)).toMatchObject({ code: 'OutcomeUnknown' });
    const tenant = stack.partnerCenter.createInPortal({ domain });
    mend();
    const answers = await pursue(stack, await stack.startInstance(), payload);
    expect(answers.at(-1)).toMatchObject({ status: 409, code: 'DomainTaken' });
    expect(tenant.resets).toEqual([]);
    expect(tenant.password).toBe(tenant.firstPassword);
  }));

test.concurrent('answers DomainTaken at once when the only create found the domain taken by another organization', () =>
  withProofStack({}, async (stack) => {
    stack.partnerCenter.server.onStage = (stage, { operation }) => {
      if (stage === 'arrived' && operation === 'createCustomer') stack.partnerCenter.takeDomain(domain);
    };
    const instance = await stack.startInstance();
    expect(await send(stack, instance, payload)).toMatchObject({ status: 409, code: 'DomainTaken' });
    expect(await send(stack, instance, payload)).toMatchObject({ status: 409, code: 'DomainTaken' });
  }));

test.concurrent('gives the same answer to a caller that waited for the create that found the domain taken', () =>
  withProofStack({}, async (stack) => {
    stack.partnerCenter.server.onStage = async (stage, { operation }) => {
      if (stage !== 'arrived' || operation !== 'createCustomer') return;
      stack.partnerCenter.takeDomain(domain);
      await sleep(1000);
    };
    const [one, other] = [await stack.startInstance(), await stack.startInstance()];
    const first = send(stack, one, payload);
    await until(() => stateOf(stack, domain) !== undefined);
    const answers = [await send(stack, other, payload), await first, await send(stack, one, payload)];
    expect(answers.map(({ code }) => code)).toEqual(['DomainTaken', 'DomainTaken', 'DomainTaken']);
  }));

test.concurrent('answers OutcomeUnknown for a day for a taken domain without proof of ownership, then DomainTaken', () =>
  withProofStack({}, async (stack) => {
    const mend = breakCreates(stack, 'reset-before');
    const instance = await stack.startInstance();
    expect(await send(stack, instance, payload)).toMatchObject({ code: 'OutcomeUnknown' });
    stack.partnerCenter.takeDomain(domain);
    mend();
    const later = await stack.startInstance();
    const hours = async (count: number): Promise<string | undefined> => {
      stack.table.clockOffsetMs += count * 3_600_000;
      return (await send(stack, later, payload)).code;
    };
    expect(await hours(1)).toBe('OutcomeUnknown');
    expect(await hours(20)).toBe('OutcomeUnknown');
    expect(await hours(25)).toBe('DomainTaken');
  }));
