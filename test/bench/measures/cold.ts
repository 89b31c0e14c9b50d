import { buildApps } from '../apps/build-apps.ts';
import { scaled, startPlainProcess, type BenchRig } from '../bench-rig.ts';
import { onboardOne, post } from '../call-app.ts';
import { spread, type Figure } from '../figure.ts';

/**
 * The extra time of Azure's Node worker for a hello-world over the local host (decoding gRPC, its own first job), as a fraction of the latter: both
 * measured alternately on one machine, worker 3.9.1, specialised (docs/benchmark.md). It is added to every app equally.
 */
const workerShare = 0.7;

interface ColdStart {
  /** From a process that is ready to the first answer. */
  readonly milliseconds: number;
  /** The part until the app is loaded. */
  readonly load: number;
  readonly cpu: number;
  /** From the start of the process. */
  readonly whole: number;
}

type Name = 'hello' | 'app' | 'secure' | 'unbundled';

/** Cold starts of a bundled hello-world, of the app over http and https, and of the unbundled app, alternately; ratios compare adjacent runs. */
export async function measureCold(rig: BenchRig): Promise<Figure[]> {
  const apps = await buildApps();
  const hello = (url: string): Promise<unknown> => post(url, '/api/hello', 'world');
  const rounds: Record<Name, ColdStart>[] = [];
  const handshakes: number[] = [];
  for (let round = -1; round < scaled(rig, 15); round++) {
    const before = await rig.upstreams.call('handshakes');
    const measured = {
      hello: await startCold(apps.hello, rig.env, hello),
      app: await startCold(apps.packaged, rig.env, onboardOne),
      secure: await startCold(apps.packaged, rig.secureEnv, onboardOne),
      unbundled: await startCold(apps.unbundled, rig.env, onboardOne),
    };
    // The first run warms up the emulators and the file system.
    if (round < 0) continue;
    rounds.push(measured);
    handshakes.push((await rig.upstreams.call('handshakes')).full - before.full);
  }
  await apps.remove();
  const of = (name: Name, what: keyof ColdStart): number[] => rounds.map((round) => round[name][what]);
  const ratio = (a: number[], b: number[]): number[] => a.map((value, index) => value / (b[index] ?? NaN));
  const least = (values: number[]): number => spread(values).min;
  const figure = (name: string, values: readonly number[], unit: string, bar: Partial<Figure> = {}): Figure => ({
    measure: 'cold',
    figure: name,
    unit,
    values,
    ...bar,
  });
  const [app, floor] = [of('app', 'milliseconds'), of('hello', 'milliseconds')];
  const charged = (milliseconds: number, round: number): number => milliseconds + workerShare * (floor[round] ?? NaN);
  return [
    figure('hello-world, ready to answer', floor, 'ms'),
    figure('first onboarding, ready to answer', app, 'ms'),
    figure('of it until the app is loaded and listens', of('app', 'load'), 'ms'),
    figure('first onboarding, processor', of('app', 'cpu'), 'ms'),
    figure('against hello-world, both with what the worker takes', ratio(app.map(charged), floor.map(charged)), 'x', {
      atMost: 1.8,
    }),
    figure('the same over https', ratio(of('secure', 'milliseconds').map(charged), floor.map(charged)), 'x'),
    figure('first onboarding over https, ready to answer', of('secure', 'milliseconds'), 'ms'),
    figure('full TLS handshakes, with five hosts', handshakes, 'handshakes', { atMost: 5 }),
    figure('against hello-world, the local host alone', ratio(app, floor), 'x'),
    figure('against hello-world, processor', ratio(of('app', 'cpu'), of('hello', 'cpu')), 'x'),
    figure('against hello-world, fastest of each', [least(app) / least(floor)], 'x'),
    figure('against hello-world, from process start', ratio(of('app', 'whole'), of('hello', 'whole')), 'x'),
    figure('unbundled against bundled', ratio(of('unbundled', 'milliseconds'), app), 'x', { atLeast: 2.5 }),
    figure('unbundled against bundled, processor', ratio(of('unbundled', 'cpu'), of('app', 'cpu')), 'x'),
  ];
}

async function startCold(
  appRoot: string,
  env: BenchRig['env'],
  firstCall: (url: string) => Promise<unknown>,
): Promise<ColdStart> {
  const spawned = performance.now();
  const app = await startPlainProcess(env);
  const before = await app.call('cpu');
  const ready = performance.now();
  const url = await app.call('start', { appRoot, env });
  const loaded = performance.now();
  await firstCall(url);
  const answered = performance.now();
  const cpu = (await app.call('cpu')) - before;
  await app.stop();
  return { milliseconds: answered - ready, load: loaded - ready, whole: answered - spawned, cpu };
}
