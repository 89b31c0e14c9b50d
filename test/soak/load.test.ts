import { expect, test } from 'vitest';
import { buildApp } from '../simulation/build-app.ts';
import { runLoad } from './load.ts';

test('onboards 300 customers, 64 side by side, while a tenth of all requests fail', { timeout: 120_000 }, async () => {
  const { appRoot, remove } = await buildApp([]);
  try {
    const { figures, wrong } = await runLoad(300, appRoot);
    expect(wrong).toEqual([]);
    expect(figures.at(-1)?.done).toBe(300);
  } finally {
    await remove();
  }
});
