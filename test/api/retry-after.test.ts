import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Deadline } from '../../shared/network/deadline.ts';
import { readRetryAfter } from '../../shared/network/retry-after.ts';
import { retry } from '../../shared/network/retry.ts';
import { UpstreamError } from '../../shared/network/upstream-error.ts';
import type { Instance } from '../local/instance.ts';
import type { Stack } from '../local/stack.ts';
import { customer, post, seen, startApp } from './rig.ts';

let stack: Stack;
let app: Instance;
beforeAll(async () => void ([stack, app] = await startApp()));
afterAll(() => stack.close());
afterEach(() => stack.partnerCenter.server.faults.clear());

const future = new Date(Math.ceil(Date.now() / 1000) * 1000 + 600_000);

test.each([
  ['seconds', '7', 7000],
  ['a part of a second', ' 0.5 ', 500],
  ['no wait', '0', 0],
  ['what could be a year', '2999', 2_999_000],
])('reads %s from Retry-After', (_what, value, expected) => {
  expect(readRetryAfter(value)).toBe(expected);
});

test('reads the three forms of an HTTP date from Retry-After, and ignores a date in the past', () => {
  const text = future.toUTCString();
  const [day = '', date = '', month = '', year = '', time = ''] = text.replace(',', '').split(' ');
  const long = { Sun: 'Sunday', Mon: 'Monday', Tue: 'Tuesday', Wed: 'Wednesday', Thu: 'Thursday', Fri: 'Friday' };
  const weekday = { ...long, Sat: 'Saturday' }[day];
  for (const form of [
    text,
    `${weekday}, ${date}-${month}-${year.slice(2)} ${time} GMT`,
    `${day} ${month} ${date.replace(/^0/, ' ')} ${time} ${year}`,
  ]) {
    const wait = readRetryAfter(form) ?? 0;
    expect(wait).toBeGreaterThan(500_000);
    expect(wait).toBeLessThanOrEqual(601_000);
  }
  expect(readRetryAfter('Tue, 15 Nov 1994 08:12:31 GMT')).toBe(0);
});

test.each(['-5', '+5', '1e3', '5, 10', '5s', '2999-01-01', 'soon', 'Monday', 'Friday 13', '', ' '])(
  'ignores a Retry-After of "%s"',
  (value) => {
    expect(readRetryAfter(value)).toBeUndefined();
  },
);

test.each(['0', '-5', 'Tue, 15 Nov 1994 08:12:31 GMT'])('still backs off after Retry-After: %s', async (value) => {
  const times: number[] = [];
  const failure = { upstream: 'partner-center', operation: 'x', reason: 'status', status: 503 } as const;
  const error = new UpstreamError({ ...failure, retryAfter: readRetryAfter(value) });
  const attempt = async (): Promise<void> => {
    times.push(performance.now());
    throw error;
  };
  for (let round = 0; round < 5; round++) {
    await expect(retry(attempt, { deadline: Deadline.after(4000), operation: 'getToken' })).rejects.toBe(error);
  }
  // Fifteen waits with full jitter, 23 ms each on average.
  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(100);
});

test('waits between the repeats of a read that is rejected with Retry-After: 0', async () => {
  const { server } = stack.partnerCenter;
  const answer = stack.partnerCenter.errorAnswer(503, 800003, 0);
  const matches = ({ operation }: { operation: string }): boolean => operation === 'validateAddress';
  const waits: number[] = [];
  for (let round = 0; round < 4; round++) {
    server.faults.add({ kind: 'status', answer, times: 3, matches });
    const from = server.requests.length;
    expect((await post(app, customer())).status).toBe(201);
    const [first, ...more] = seen(server, 'validateAddress', from);
    expect(more).toHaveLength(3);
    waits.push((more.at(-1)?.at ?? 0) - (first?.at ?? 0));
  }
  expect(Math.max(...waits)).toBeGreaterThan(60);
});
