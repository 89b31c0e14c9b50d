import { describe, expect, test } from 'vitest';
import type { Instance } from '../local/instance.ts';
import { localKeys } from '../local/host/keys.ts';
import { readDocumented } from './documented.ts';
import { runHttpAction, type FlowRun } from './power-automate.ts';
import { shortTimes } from '../local/short-times.ts';
import { payloadWith, withApp } from './rig.ts';

const path = '/api/v1/customers';
const headers = { 'x-functions-key': localKeys.function, accept: 'application/problem+json' };
/** A hundredth of Power Automate's two minutes, with a service on the same scale. */
const scaled = { timeout: 1200, retries: 8, interval: 300, headers };

/** For immediate answers: on a busy machine even these exceed the scaled two minutes. */
const patient = { ...scaled, timeout: 6000 };

function run({ url }: Instance, payload = payloadWith(), options = scaled): Promise<FlowRun> {
  return runHttpAction(`${url}${path}`, JSON.stringify(payload), options);
}

describe.concurrent('a flow', () => {
  test('that times out on a slow create gets the success on its retry', async () => {
    await withApp({}, async ({ stack, instance }) => {
      stack.partnerCenter.knobs.createDuration = 1800;
      const { tries, answer } = await run(instance);
      expect(tries[0]).toBe('TimedOut');
      expect([200, 201]).toContain(tries.at(-1));
      const body = await readDocumented('OnboardCustomer', answer ?? new Response());
      expect(body).toMatchObject({ status: 'Succeeded' });
      expect(stack.partnerCenter.creates('contosocoffee.onmicrosoft.com')).toBe(1);
      const secret = stack.credentialVault.latest(String(body['passwordSecretName']));
      expect(
        stack.partnerCenter.opensTenant(String(body['domain']), String(body['adminUserName']), secret?.value ?? ''),
      ).toBe(true);
    });
  });

  test('succeeds by its retries alone when the create takes longer than one call of the service', async () => {
    await withApp({ settings: shortTimes }, async ({ stack, instance }) => {
      stack.partnerCenter.knobs.createDuration = 5000;
      const { tries, answer } = await run(instance, payloadWith(), patient);
      expect(tries.slice(0, -1).every((one) => typeof one === 'number' && one >= 503)).toBe(true);
      expect(tries.length).toBeGreaterThan(1);
      expect(await readDocumented('OnboardCustomer', answer ?? new Response())).toMatchObject({ status: 'Succeeded' });
      expect(stack.partnerCenter.creates('contosocoffee.onmicrosoft.com')).toBe(1);
    });
  });

  test('whose retries reach other instances still succeeds', async () => {
    await withApp({}, async ({ stack, instance }) => {
      stack.partnerCenter.knobs.createDuration = 2500;
      const second = await stack.startInstance();
      const { tries } = await runHttpAction(`${instance.url}${path}`, JSON.stringify(payloadWith()), {
        ...scaled,
        retries: 0,
      });
      expect(tries).toEqual(['TimedOut']);
      const { answer } = await run(second);
      expect(await readDocumented('OnboardCustomer', answer ?? new Response())).toMatchObject({ status: 'Succeeded' });
      expect(stack.partnerCenter.creates('contosocoffee.onmicrosoft.com')).toBe(1);
    });
  });

  test('succeeds although Partner Center throttles', async () => {
    await withApp({}, async ({ stack, instance }) => {
      const answer429 = stack.partnerCenter.errorAnswer(429, 0, 1);
      stack.partnerCenter.server.faults.add({ kind: 'status', matches: () => true, times: 12, answer: answer429 });
      const { answer } = await run(instance);
      expect(await readDocumented('OnboardCustomer', answer ?? new Response())).toMatchObject({ status: 'Succeeded' });
    });
  });

  test('does not retry after a conflict', async () => {
    await withApp({}, async ({ stack, instance }) => {
      stack.partnerCenter.takeDomain('contosocoffee.onmicrosoft.com');
      const { tries, answer } = await run(instance, payloadWith(), patient);
      expect(tries).toEqual([409]);
      // Accept was stripped: the maker gets the content type that the designer can read.
      expect(answer?.headers.get('content-type')).toBe('application/json');
      expect(await readDocumented('OnboardCustomer', answer ?? new Response())).toMatchObject({ code: 'DomainTaken' });
    });
  });

  test.for([
    ['a fault of the payload', { email: 'x' }, 400],
    ['a country rule', { state: 'Bavaria' }, 422],
  ] as const)('that sends %s does not retry', async ([, changes, status]) => {
    await withApp({}, async ({ instance }) => {
      expect((await run(instance, payloadWith(changes), patient)).tries).toEqual([status]);
    });
  });
});
