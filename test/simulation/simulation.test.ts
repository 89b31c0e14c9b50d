import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp } from './build-app.ts';
import { runSeeds, summarise } from './run-children.ts';

let app: Awaited<ReturnType<typeof buildApp>>;

beforeAll(async () => {
  app = await buildApp([]);
});
afterAll(() => app.remove());

test('holds every promise in 500 seeded runs of faults, kills and outages', { timeout: 240_000 }, async () => {
  const results = await runSeeds({ from: 0, count: 500, appRoot: app.appRoot });
  const { text, failed } = summarise(results);
  console.log(text);
  expect(results).toHaveLength(500);
  // A failing seed replays with `npm run soak -- --seed <number>`.
  expect(failed).toEqual([]);
});

test('replays a seed from its number', { timeout: 60_000 }, async () => {
  const once = await runSeeds({ from: 40, count: 6, processes: 1, appRoot: app.appRoot });
  const again = await runSeeds({ from: 40, count: 6, processes: 1, appRoot: app.appRoot });
  expect(again).toEqual(once);
});
