import { repositoryRoot } from '../../local/host/functions-host.ts';
import { scaled, startAppProcess, startBareProcess, type BenchRig } from '../bench-rig.ts';
import { onboardOne } from '../call-app.ts';
import type { Figure } from '../figure.ts';
import { criticalPath, findGaps, type UpstreamCall } from '../watch-calls.ts';

const delay = 20;

/** Sequential onboardings with every upstream answer delayed by 20 ms, alternately over http, over https and by the bare script over global fetch. */
export async function measureLatency(rig: BenchRig): Promise<Figure[]> {
  const { upstreams, env, secureEnv } = rig;
  const [app, secure, bare] = await Promise.all([startAppProcess(), startAppProcess(secureEnv), startBareProcess()]);
  const url = await app.call('start', { appRoot: repositoryRoot, env });
  const secureUrl = await secure.call('start', { appRoot: repositoryRoot, env: secureEnv });
  const options = {
    client: 'fetch' as const,
    partnerCenterUrl: env['PARTNER_CENTER_URL'] ?? '',
    vaultUrl: env['CREDENTIAL_VAULT_URL'] ?? '',
    concurrency: 1,
  };
  for (let turn = 0; turn < 2500; turn++) await onboardOne(url);
  for (let turn = 0; turn < 2500; turn++) await onboardOne(secureUrl);
  await bare.call('run', { ...options, count: 2500 });
  await upstreams.call('setDelay', delay);
  await upstreams.call('watch');

  const [plain, overTls, script] = [new Series(), new Series(), new Series()];
  const handshakes = await upstreams.call('handshakes');
  for (let turn = 0; turn < scaled(rig, 60); turn++) {
    plain.add(await timeOne(url), await upstreams.call('takeCalls'));
    overTls.add(await timeOne(secureUrl), await upstreams.call('takeCalls'));
    const [alone = NaN] = (await bare.call('run', { ...options, count: 1 })).durations;
    script.add(alone, await upstreams.call('takeCalls'));
  }

  const { full, resumed } = await upstreams.call('handshakes');
  await upstreams.call('unwatch');
  await upstreams.call('setDelay', 0);
  await Promise.all([app.stop(), secure.stop(), bare.stop()]);
  const line = (figure: string, unit: string, values: readonly number[], atMost?: number): Figure => ({
    measure: 'latency',
    figure,
    unit,
    values,
    ...(atMost === undefined ? {} : { atMost }),
  });
  const against = (values: readonly number[], others: readonly number[]): number[] =>
    values.map((value, index) => value / (others[index] ?? NaN));
  const later = full + resumed - handshakes.full - handshakes.resumed;
  return [
    line('onboarding, calls of 20 ms', 'ms', plain.durations),
    line('bare script, calls of 20 ms', 'ms', script.durations),
    line('against the bare script', 'x', against(plain.durations, script.durations), 1),
    line('added to its critical path', 'ms', plain.added, 4),
    line('of it before the first call and after the last', 'ms', plain.ends),
    ...[...plain.gaps].map(([between, values]) => line(`of it from ${between}`, 'ms', values)),
    line('added by the bare script to its own', 'ms', script.added),
    line('between two calls, against the bare script', 'x', against(plain.means, script.means)),
    line('onboarding over https', 'ms', overTls.durations),
    line('added over https', 'ms', overTls.added),
    line('TLS handshakes of later calls', 'handshakes', [later], 0),
  ];
}

/** The durations of one kind of onboarding, and the time not spent in upstreams, by position. */
class Series {
  readonly durations: number[] = [];
  readonly added: number[] = [];
  readonly ends: number[] = [];
  /** The gaps of one onboarding. */
  readonly means: number[] = [];
  readonly gaps = new Map<string, number[]>();

  add(duration: number, calls: readonly UpstreamCall[]): void {
    const gaps = findGaps(calls);
    const between = gaps.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    const added = duration - criticalPath(calls);
    this.durations.push(duration);
    this.added.push(added);
    this.ends.push(added - between);
    this.means.push(between / gaps.length);
    for (const { between: name, milliseconds } of gaps)
      this.gaps.set(name, [...(this.gaps.get(name) ?? []), milliseconds]);
  }
}

async function timeOne(url: string): Promise<number> {
  const start = performance.now();
  await onboardOne(url);
  return performance.now() - start;
}
