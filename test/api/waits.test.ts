import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Instance } from '../local/instance.ts';
import type { Stack } from '../local/stack.ts';
import { customer, linesOf, post, request, seen, startApp, type Answer } from './rig.ts';

let stack: Stack;
let app: Instance;
beforeAll(async () => {
  [stack, app] = await startApp();
});
afterAll(() => stack.close());

const retryAfter = ({ headers }: Answer): number => Number(headers.get('retry-after'));

/** Answers every request of an operation with a status and a Retry-After while some work runs. */
async function whileAnswered<T>(
  server: string,
  operation: string,
  [status, wait]: readonly [number, string],
  use: () => Promise<T>,
): Promise<T> {
  const { faults } = stack.servers[server] ?? stack.partnerCenter.server;
  const headers = { 'content-type': 'application/json', 'retry-after': wait };
  faults.add({
    kind: 'status',
    answer: { status, headers, body: '{"code":"Busy","error":{"code":"Busy","message":"busy"}}' },
    times: Infinity,
    matches: (asked) => asked.operation === operation,
  });
  try {
    return await use();
  } finally {
    faults.clear();
  }
}

test('answers Throttled with the wait of Partner Center every time the create is throttled', async () => {
  const payload = customer();
  const unknown = linesOf(stack, 'OutcomeUnknown').length;
  await whileAnswered('partnerCenter', 'createCustomer', [429, '60'], async () => {
    for (let count = 0; count < 3; count++) {
      const answer = await post(app, payload);
      expect([answer.status, answer.body.code, retryAfter(answer)]).toEqual([429, 'Throttled', 60]);
    }
  });
  expect(linesOf(stack, 'OutcomeUnknown')).toHaveLength(unknown);
  expect((await post(app, payload)).status).toBe(201);
});

test('answers OutcomeUnknown when one of the creates was not answered, however many are throttled later', async () => {
  const payload = customer();
  const lost = { kind: 'reset-before', times: 9, matches: () => true } as const;
  stack.partnerCenter.server.faults.add({ ...lost, matches: ({ operation }) => operation === 'createCustomer' });
  expect((await post(app, payload)).body.code).toBe('OutcomeUnknown');
  stack.partnerCenter.server.faults.clear();
  const answer = await whileAnswered('partnerCenter', 'createCustomer', [429, '60'], () => post(app, payload));
  expect([answer.status, answer.body.code, retryAfter(answer)]).toEqual([504, 'OutcomeUnknown', 60]);
  expect((await post(app, payload)).status).toBe(201);
});

test('returns the wait of a failed create', async () => {
  const answer = await whileAnswered('partnerCenter', 'createCustomer', [503, '77'], () => post(app, customer()));
  expect([answer.status, answer.body.code, retryAfter(answer)]).toEqual([504, 'OutcomeUnknown', 77]);
});

test('returns the wait of a vault that accepts no write', async () => {
  const answer = await whileAnswered('credentialVault', 'setSecret', [503, '66'], () => post(app, customer()));
  expect([answer.status, answer.body.code, retryAfter(answer)]).toEqual([503, 'VaultUnavailable', 66]);
});

test('returns the wait of a vault that cannot be searched', async () => {
  const payload = customer();
  await whileAnswered('partnerCenter', 'createCustomer', [429, '60'], () => post(app, payload));
  const answer = await whileAnswered('credentialVault', 'listVersions', [429, '66'], () => post(app, payload));
  expect([answer.status, answer.body.code, retryAfter(answer)]).toEqual([503, 'VaultUnavailable', 66]);
});

test.each([
  ['readRow', 429, '/v1/customers/nobody'],
  ['queryRows', 503, '/v1/customers'],
])('returns the wait of a table that answers %s with %d', async (operation, status, path) => {
  const answer = await whileAnswered('table', operation, [status, '55'], () => request(app, path));
  expect([answer.status, answer.body.code, retryAfter(answer)]).toEqual([503, 'RecordUnavailable', 55]);
});

test.each(['0', 'Fri, 02 Jan 2026 00:00:00 GMT'])(
  'does not retry faster because Partner Center sends "%s"',
  async (wait) => {
    const from = stack.partnerCenter.server.requests.length;
    const spread: number[] = [];
    // Full jitter: one pause may be near zero, but not all of several.
    for (let count = 0; count < 4; count++) {
      await whileAnswered('partnerCenter', 'createCustomer', [429, wait], () => post(app, customer()));
    }
    const creates = seen(stack.partnerCenter.server, 'createCustomer', from);
    for (let index = 1; index < creates.length; index++) {
      const [before, after] = [creates[index - 1], creates[index]];
      if (before && before.body === after?.body) spread.push(after.at - before.at);
    }
    expect(spread).toHaveLength(12);
    expect(spread.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThan(150);
  },
);
