import { repositoryRoot } from '../../local/host/functions-host.ts';
import { startAppProcess, type BenchRig } from '../bench-rig.ts';
import { onboardOne } from '../call-app.ts';
import type { Figure } from '../figure.ts';
import { countRoundTrips } from '../watch-calls.ts';

const delay = 150;

/** Upstream calls of the first and of later onboardings of an instance, and how many of them are sequential. */
export async function measureRoundTrips({ upstreams, env }: BenchRig): Promise<Figure[]> {
  const app = await startAppProcess();
  await upstreams.call('watch');
  const url = await app.call('start', { appRoot: repositoryRoot, env });
  // An instance is loaded some time before its first call: its own requests at load have finished by then.
  await new Promise((resolve) => setTimeout(resolve, 10 * delay));
  const atLoad = (await upstreams.call('takeCalls')).length;
  await upstreams.call('setDelay', delay);
  const counts: { trips: number; calls: number }[] = [];
  for (let turn = 0; turn < 4; turn++) {
    await onboardOne(url);
    const calls = await upstreams.call('takeCalls');
    counts.push({ trips: countRoundTrips(calls, delay), calls: calls.length });
  }
  await upstreams.call('unwatch');
  await upstreams.call('setDelay', 0);
  await app.stop();
  const [cold, ...warm] = counts;
  const line = (figure: string, unit: string, values: readonly number[], atMost?: number): Figure => ({
    measure: 'round trips',
    figure,
    unit,
    values,
    ...(atMost === undefined ? {} : { atMost }),
  });
  return [
    line('one after another, cold', 'trips', [cold?.trips ?? NaN], 7),
    line(
      'one after another, warm',
      'trips',
      warm.map(({ trips }) => trips),
      5,
    ),
    line('calls when the app is loaded', 'calls', [atLoad]),
    line('calls, cold', 'calls', [cold?.calls ?? NaN]),
    line(
      'calls, warm',
      'calls',
      warm.map(({ calls }) => calls),
    ),
  ];
}
