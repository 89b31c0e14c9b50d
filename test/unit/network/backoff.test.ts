import { afterEach, expect, test, vi } from 'vitest';
import { Deadline } from '../../../shared/network/deadline.ts';
import { backoff, retry } from '../../../shared/network/retry.ts';
import { UpstreamError } from '../../../shared/network/upstream-error.ts';

afterEach(() => vi.restoreAllMocks());

/** A default call of 200 s: at most 1 s before the second attempt, at most 10 s before any. */
const usual = 200_000;
const most: readonly (readonly [number, number])[] = [
  [1, 1000],
  [2, 2000],
  [3, 4000],
  [4, 8000],
  [5, 10_000],
  [6, 10_000],
  [1100, 10_000],
];

test.each(most)('waits any part of the whole wait after failure %d, which is %d ms', (tried, whole) => {
  const deadline = Deadline.after(usual);
  const waits = Array.from({ length: 2000 }, () => backoff(tried, deadline));
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...waits)).toBeLessThan(whole);
  // Full jitter: callers that failed together retry spread evenly over the whole wait.
  const tenths = Array.from({ length: 10 }, (_, tenth) =>
    waits.filter((wait) => Math.floor((wait / whole) * 10) === tenth),
  );
  for (const { length } of tenths) expect(length).toBeGreaterThan(100);
});

test('waits in proportion to the duration of the call, however little of it is left', () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  expect(backoff(2, Deadline.after(usual))).toBe(1000);
  expect(backoff(2, Deadline.after(usual / 50))).toBe(20);
  expect(backoff(2, Deadline.after(usual).within(5))).toBe(1000);
});

test('waits twice as long before each further attempt', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.999);
  const at: number[] = [];
  const failure = new UpstreamError({ upstream: 'entra', operation: 'token', reason: 'network' });
  const attempt = (): Promise<never> => {
    at.push(performance.now());
    return Promise.reject(failure);
  };
  await expect(retry(attempt, { deadline: Deadline.after(8000), operation: 'getToken' })).rejects.toBe(failure);
  const waits = at.slice(1).map((time, index) => time - (at[index] ?? 0));
  expect(waits).toHaveLength(3);
  // A timer may be a millisecond early, and late on a busy machine.
  for (const [index, whole] of [40, 80, 160].entries()) expect(waits[index]).toBeGreaterThanOrEqual(whole - 2);
});
