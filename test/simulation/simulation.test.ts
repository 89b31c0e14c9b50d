import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp } from './build-app.ts';
import { runSeeds, summarise } from './run-children.ts';

let app: Awaited<ReturnType<typeof buildApp>>;

beforeAll(async () => {
  app = await buildApp([]);
});
afterAll(() => app.remove());

const replay = (from: number) => runSeeds({ from, count: 1, processes: 1, appRoot: app.appRoot });

test('holds every promise in 500 seeded runs of faults, kills and outages', { timeout: 240_000 }, async () => {
  const results = await runSeeds({ from: 0, count: 500, appRoot: app.appRoot });
  console.log(summarise(results).text);
  expect(results).toHaveLength(500);
  // A fault of the product replays from its seed; on a machine that is too busy to deliver an answer in time a failure does not.
  const again = results.filter(({ violations }) => violations.length > 0).map(({ seed }) => replay(seed));
  // It replays step by step with `npm run soak -- --seed <number>`.
  expect(summarise((await Promise.all(again)).flat()).failed).toEqual([]);
});

test('replays a seed from its number', { timeout: 60_000 }, async () => {
  const once = await runSeeds({ from: 40, count: 6, processes: 1, appRoot: app.appRoot });
  const again = await runSeeds({ from: 40, count: 6, processes: 1, appRoot: app.appRoot });
  expect(again).toEqual(once);
});
