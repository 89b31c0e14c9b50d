import { repositoryRoot } from '../../local/host/functions-host.ts';
import { scaled, startAppProcess, type BenchRig } from '../bench-rig.ts';
import { onboardMany } from '../call-app.ts';
import type { Figure } from '../figure.ts';

/** Twenty batches of 1,000 onboardings in one process: processor time of each, and the heap afterwards. */
export async function measureSteadiness(rig: BenchRig): Promise<Figure[]> {
  const app = await startAppProcess();
  const url = await app.call('start', { appRoot: repositoryRoot, env: rig.env });
  const size = scaled(rig, 1000);
  const costs: number[] = [];
  const heaps: number[] = [];
  for (let batch = 0; batch < 20; batch++) {
    const before = await app.call('cpu');
    await onboardMany(url, size, 64);
    costs.push(((await app.call('cpu')) - before) / size);
    heaps.push((await app.call('memory')).heap);
  }
  const { peak } = await app.call('memory');
  await app.stop();
  // The first batch includes compilation.
  const [early, late] = [costs.slice(1, 6), costs.slice(15)];
  const ratio = late.map((cost, index) => cost / (early[index] ?? NaN));
  const grown = late.map((_, index) => (heaps[15 + index] ?? NaN) - (heaps[1 + index] ?? NaN));
  const title = `after ${20 * size} onboardings`;
  return [
    { measure: 'steadiness', figure: `cost ${title}, against the first`, unit: 'x', values: ratio, atMost: 1.15 },
    { measure: 'steadiness', figure: `heap grown ${title}`, unit: 'MB', values: grown, atMost: 5 },
    { measure: 'steadiness', figure: `peak memory ${title}`, unit: 'MB', values: [peak] },
  ];
}
