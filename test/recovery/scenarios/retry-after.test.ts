import { expect, test } from 'vitest';
import { payloadFor, send } from '../rig/caller.ts';
import { judge } from '../rig/judge.ts';
import { nameCall } from '../rig/name-call.ts';
import { isFull, withProofStack } from '../rig/proof-stack.ts';
import { shortTimes } from '../../local/short-times.ts';

const domain = 'wait.onmicrosoft.com';
const payload = payloadFor('wait');

const calls = [
  'identity getIdentityToken',
  'partnerVault getSecret partner-client-id',
  'entra token',
  'table readRow',
  'partnerCenter probeDomain',
  'partnerCenter readCountryRules',
  'partnerCenter validateAddress',
  'table insertRow Open',
  'credentialVault store admin-username',
  'partnerCenter createCustomer',
  'credentialVault store admin-password',
  'table replaceRow Succeeded',
];

const forms = [
  { form: 'seconds', value: () => '1', atLeast: 1000 },
  // Dates have whole seconds: a date two seconds ahead is one to two seconds away.
  { form: 'an HTTP date', value: () => new Date(Date.now() + 2000).toUTCString(), atLeast: 900 },
];

/** One place reads the header, so that the short form tries every form with one call and one form with every call. */
const cells = calls.flatMap((call) =>
  forms.slice(0, isFull || call.endsWith('createCustomer') ? undefined : 1).map((form) => ({ call, ...form })),
);

test.concurrent.each(cells)(
  'waits as long as $call requests with 429 and Retry-After as $form',
  { timeout: 30_000 },
  ({ call, value, atLeast }) =>
    withProofStack(
      { settings: { ONBOARDING_TIMEOUT_SECONDS: '40', ONBOARDING_LEASE_SECONDS: '60' } },
      async (stack) => {
        const [server = ''] = call.split(' ');
        const body = JSON.stringify({
          code: 429,
          message: 'slow down',
          error: { code: 'Throttled', message: 'slow down' },
        });
        stack.servers[server]?.faults.add({
          kind: 'status',
          // Evaluated when sent: a date is relative to that moment.
          get answer() {
            return { status: 429, headers: { 'content-type': 'application/json', 'retry-after': value() }, body };
          },
          matches: (request) => nameCall(server, request) === call,
        });
        const answer = await send(stack, await stack.startInstance(), payload);
        expect(answer).toMatchObject({ status: 201 });
        expect(judge(stack, domain, [answer])).toEqual([]);
        const asked = stack.servers[server]?.requests.filter((request) => nameCall(server, request) === call) ?? [];
        // The identity endpoint issues one token per service.
        const again = asked.filter(({ query }) => query.get('resource') === asked[0]?.query.get('resource'));
        expect((again[1]?.at ?? 0) - (again[0]?.at ?? 0)).toBeGreaterThanOrEqual(atLeast);
      },
    ),
);

/** A timer could wait for the first; the longest exceed the range of timers. */
const absurd = ['3000', '99999999999', 'Fri, 31 Dec 2399 23:59:59 GMT', 'soon'];
const all = calls.flatMap((call) =>
  absurd.slice(isFull || call.endsWith('createCustomer') ? 0 : -2).map((value) => ({ call, value })),
);

test.concurrent.each(all)(
  'answers within its deadline when $call sends Retry-After "$value"',
  { timeout: 30_000 },
  ({ call, value }) =>
    withProofStack({ settings: shortTimes }, async (stack) => {
      const [server = ''] = call.split(' ');
      stack.servers[server]?.faults.add({
        kind: 'status',
        answer: {
          status: 429,
          headers: { 'content-type': 'application/json', 'retry-after': value },
          body: '{"code":429}',
        },
        times: Infinity,
        matches: (request) => nameCall(server, request) === call,
      });
      const instance = await stack.startInstance();
      const start = performance.now();
      const answer = await send(stack, instance, payload);
      // Four seconds, plus one for a busy machine.
      expect(performance.now() - start).toBeLessThan(5000);
      const asked = Number(answer.headers.get('retry-after') ?? 1);
      expect(asked).toBeGreaterThanOrEqual(1);
      expect(asked).toBeLessThanOrEqual(3600);
      expect(judge(stack, domain, [answer])).toEqual([]);
    }),
);
