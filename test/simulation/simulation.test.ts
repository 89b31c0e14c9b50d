import { expect, test } from 'vitest';
import { runSeeds, summarise } from './run-children.ts';

test('holds every promise in 500 seeded runs of faults, kills and outages', { timeout: 240_000 }, async () => {
  const results = await runSeeds({ from: 0, count: 500 });
  const { text, failed } = summarise(results);
  console.log(text);
  expect(results).toHaveLength(500);
  // A failing seed replays with `npm run soak -- --seed <number>`.
  expect(failed).toEqual([]);
});

test('replays a seed from its number', { timeout: 60_000 }, async () => {
  const once = await runSeeds({ from: 40, count: 6, processes: 1 });
  const again = await runSeeds({ from: 40, count: 6, processes: 1 });
  expect(again).toEqual(once);
});
