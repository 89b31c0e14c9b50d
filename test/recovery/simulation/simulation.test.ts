import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { buildApp } from './build-app.ts';
import { findLasting, unhandled } from './find-lasting.ts';
import { runSeeds, summarise } from './run-children.ts';
import type { SimulationResult } from './simulate.ts';

let app: Awaited<ReturnType<typeof buildApp>>;

beforeAll(async () => {
  app = await buildApp([]);
});
afterAll(() => app.remove());

let runs: Promise<SimulationResult[]> | undefined;
const runAll = (): Promise<SimulationResult[]> => (runs ??= runSeeds({ from: 0, count: 30, appRoot: app.appRoot }));

test('keeps every promise in 30 seeded runs of faults, kills and outages', { timeout: 240_000 }, async () => {
  const { appRoot } = app;
  const results = await runAll();
  console.log(summarise(results).text);
  const lasting = await findLasting(results, (from) => runSeeds({ from, count: 1, processes: 1, appRoot }));
  // It replays step by step with `npm run soak -- --seed <number>`.
  expect(summarise(lasting).failed).toEqual([]);
  expect(results).toHaveLength(30);
});

test('only warns of a failure that does not recur, and never ignores an unhandled rejection', async () => {
  const warnings = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const result = (seed: number, ...violations: string[]): SimulationResult => ({
    seed,
    violations,
    outcome: 'Succeeded',
    settledAfter: 0,
    calls: 1,
  });
  const replay = (seed: number): Promise<SimulationResult[]> =>
    Promise.resolve([seed === 3 ? result(3, 'two tenants') : result(seed)]);
  const results = [result(unhandled, 'unhandled rejection'), result(1), result(2, 'late'), result(3, 'two tenants')];
  const lasting = await findLasting(results, replay);
  expect(lasting.map(({ seed }) => seed)).toEqual([unhandled, 3]);
  expect(warnings.mock.calls.flat()).toEqual(['seed 2 was red once and is green now: late']);
  warnings.mockRestore();
});

test('replays a seed from its number', { timeout: 240_000 }, async () => {
  const replayed = await runSeeds({ from: 20, count: 6, processes: 1, appRoot: app.appRoot });
  expect(replayed).toEqual((await runAll()).slice(20, 26));
});
