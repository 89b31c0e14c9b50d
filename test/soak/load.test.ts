import { expect, test } from 'vitest';
import { buildApp } from '../recovery/simulation/build-app.ts';
import { isFlat, runLoad } from './load.ts';

test('onboards 120 customers, 64 in parallel, while a tenth of all requests fail', { timeout: 120_000 }, async () => {
  const { appRoot, remove } = await buildApp([]);
  try {
    const { figures, wrong } = await runLoad(120, appRoot);
    expect(wrong).toEqual([]);
    expect(figures.at(-1)?.done).toBe(120);
  } finally {
    await remove();
  }
});

test.each([
  [[40, 60, 85], true],
  [[40, 60, 200, 85], true],
  [[40, 60, 86], false],
  [[40, 60, 60, 61, 300], false],
  [[40, 60], undefined],
  [[40], undefined],
  [[], undefined],
] as const)('decides for heaps of %j MB whether memory stayed flat: %s', (heaps, flat) => {
  expect(isFlat(heaps.map((heap) => ({ heap })))).toBe(flat);
});
