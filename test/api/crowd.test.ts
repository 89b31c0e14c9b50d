import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Instance } from '../local/instance.ts';
import type { Stack } from '../local/stack.ts';
import { customer, post, request, startApp, type Answer } from './rig.ts';

let stack: Stack;
let app: Instance;
beforeAll(async () => void ([stack, app] = await startApp()));
afterAll(() => stack.close());
afterEach(() => stack.table.server.faults.clear());

/** While the table is slow, every call waits for it. */
function slowTable(): void {
  stack.table.server.faults.add({
    kind: 'slow',
    delay: 1500,
    times: 99,
    matches: ({ operation }) => operation === 'readRow',
  });
}

test.each<[string, (index: number) => Record<string, unknown>]>([
  ['the same payload', () => ({})],
  ['payloads of their own', (index) => ({ companyName: `Contoso ${index}` })],
])('lets 24 callers wait for a domain, rejects the others, and answers health: %s', async (_what, changes) => {
  slowTable();
  const payload = customer();
  const order: Answer[] = [];
  const calls = Array.from({ length: 30 }, async (_none, index) => {
    const answer = await post(app, { ...payload, ...changes(index) });
    order.push(answer);
    return answer;
  });
  const start = performance.now();
  expect((await request(app, '/health')).status).toBe(200);
  expect(performance.now() - start).toBeLessThan(1000);
  const answers = await Promise.all(calls);
  for (const { status, body, headers } of order.slice(0, 6)) {
    expect([status, body.code]).toEqual([503, 'OnboardingInProgress']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  }
  expect(answers.filter(({ status }) => status < 300).length).toBeGreaterThanOrEqual(1);
  // Answered callers are not counted.
  stack.table.server.faults.clear();
  expect([200, 409]).toContain((await post(app, { ...payload, ...changes(0) })).status);
});

test('while every slot for onboardings is taken, health and reads are answered, and one more onboarding is refused at once', async () => {
  const held = { kind: 'slow', delay: 60_000, times: 200 } as const;
  stack.partnerCenter.server.faults.add({ ...held, matches: ({ operation }) => operation === 'probeDomain' });
  const busy = await stack.startInstance({ env: { ONBOARDING_TIMEOUT_SECONDS: '200' } });
  const refused: Answer[] = [];
  const crowd = Array.from({ length: 200 }, async () => refused.push(await post(busy, customer())));
  const ended = Promise.allSettled(crowd);
  await expect.poll(() => refused.length, { timeout: 10_000 }).toBe(200 - 32 - 96);
  const start = performance.now();
  expect((await request(busy, '/health')).status).toBe(200);
  expect((await request(busy, '/v1/customers/nobody')).status).toBe(404);
  for (const { status, body, headers } of [await post(busy, customer()), ...refused])
    expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'OnboardingInProgress', '10']);
  expect(performance.now() - start).toBeLessThan(1000);
  stack.partnerCenter.server.faults.clear();
  await busy.kill();
  await ended;
});
