import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Stack } from '../local/stack.ts';
import { customer, detailsOf, post, startApp } from './rig.ts';

let stack: Stack;
const settings = { ONBOARDING_TIMEOUT_SECONDS: '6' };
beforeAll(async () => void ([stack] = await startApp({ settings })));
afterAll(() => stack.close());
afterEach(() => stack.entra.server.faults.clear());

function throttle(retryAfter: string): void {
  const headers = { 'content-type': 'application/json', 'retry-after': retryAfter };
  const matches = ({ operation }: { operation: string }): boolean => operation === 'token';
  stack.entra.server.faults.add({ kind: 'status', answer: { status: 429, headers, body: '{}' }, matches });
}

const tokenRequests = (): number => stack.entra.server.requests.filter(({ operation }) => operation === 'token').length;

test.each(['/v1/customers', '/v1/customers/validate'])(
  'waits for a throttle of Entra that fits the time budget: %s',
  async (path) => {
    const fresh = await stack.startInstance();
    throttle('3');
    const before = tokenRequests();
    const answer = await post(fresh, customer(), {}, path);
    expect(answer.status).toBe(path.endsWith('validate') ? 200 : 201);
    expect(tokenRequests() - before).toBe(2);
  },
);

test('answers at once with the wait of Entra if it does not fit the time budget', async () => {
  const fresh = await stack.startInstance();
  throttle('5');
  const start = performance.now();
  const answer = await post(fresh, customer());
  expect([answer.status, answer.body.code, answer.headers.get('retry-after')]).toEqual([
    502,
    'PartnerCenterError',
    '5',
  ]);
  expect(performance.now() - start).toBeLessThan(2000);
  expect((await post(fresh, customer())).status).toBe(201);
});

test('reports a broken rule from cached country rules before the failed sign-in, which is requested once', async () => {
  stack.entra.tokenLifetimeSeconds = 300;
  const fresh = await stack.startInstance();
  expect((await post(fresh, customer())).status).toBe(201);
  stack.entra.failNext('AADSTS7000215');
  const before = tokenRequests();
  const refused = await post(fresh, customer({ state: 'ZZ' }));
  stack.entra.tokenLifetimeSeconds = 3599;
  expect([refused.status, ...detailsOf(refused)]).toEqual([422, 'CountryRule state', 'ConfigurationError']);
  expect(tokenRequests() - before).toBe(1);
});
