import { expect, test } from 'vitest';
import { OnboardingError } from '../../../shared/errors/onboarding-error.ts';
import { ConcurrencyLimit, onboardingLimit, readLimit } from '../../../shared/http/concurrency-limit.ts';
import { Deadline } from '../../../shared/network/deadline.ts';
import { read } from '../../house/sources.ts';

const usual = Deadline.after(200_000);

/** Work that lasts until the test ends it. */
function heldWork(): { work: () => Promise<string>; end: () => void; begun: () => boolean } {
  let end = (): void => undefined;
  let begun = false;
  const ended = new Promise<string>((resolve) => (end = () => resolve('done')));
  const work = (): Promise<string> => {
    begun = true;
    return ended;
  };
  return { work, end, begun: () => begun };
}

const refusal = { code: 'OnboardingInProgress', facts: { retryAfter: 10 } };

test('limits running and waiting calls, serves waiting calls in order of arrival, and refuses the next at once', async () => {
  const limit = new ConcurrencyLimit({ running: 2, waiting: 2 }, 'OnboardingInProgress');
  const calls = Array.from({ length: 4 }, heldWork);
  const results = calls.map(({ work }) => limit.run(usual, work));
  await expect(limit.run(usual, heldWork().work)).rejects.toMatchObject(refusal);
  const begun = (): boolean[] => calls.map((call) => call.begun());
  expect(begun()).toEqual([true, true, false, false]);
  calls[1]?.end();
  await results[1];
  expect(begun()).toEqual([true, true, true, false]);
  for (const { end } of calls) end();
  expect(await Promise.all(results)).toEqual(['done', 'done', 'done', 'done']);
});

test('refuses a call that waited a quarter of its time, and gives the slot of a failed call to the next', async () => {
  const limit = new ConcurrencyLimit({ running: 1, waiting: 1 }, 'OnboardingInProgress');
  const first = heldWork();
  const running = limit.run(usual, async () => {
    await first.work();
    throw new Error('failed');
  });
  const start = performance.now();
  await expect(limit.run(Deadline.after(400), heldWork().work)).rejects.toBeInstanceOf(OnboardingError);
  expect(performance.now() - start).toBeGreaterThan(90);
  const next = limit.run(usual, () => Promise.resolve('next'));
  first.end();
  await expect(running).rejects.toThrow('failed');
  expect(await next).toBe('next');
  expect(await limit.run(usual, () => Promise.resolve('free'))).toBe('free');
});

test('the limits together leave slots of the host free for the health route', () => {
  const { extensions } = JSON.parse(read('host.json')) as { extensions: { http: Record<string, number> } };
  const { maxConcurrentRequests = 0, maxOutstandingRequests = 0 } = extensions.http;
  const places = [onboardingLimit, readLimit].reduce((sum, one) => sum + one.places.running + one.places.waiting, 0);
  expect(maxConcurrentRequests - places).toBeGreaterThanOrEqual(20);
  expect(maxOutstandingRequests).toBeGreaterThan(maxConcurrentRequests);
});
