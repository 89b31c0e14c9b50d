import { repositoryRoot } from '../../local/host/functions-host.ts';
import { scaled, startAppProcess, startBareProcess, type BenchRig } from '../bench-rig.ts';
import { onboardMany } from '../call-app.ts';
import type { Figure } from '../figure.ts';

const concurrency = 64;

/**
 * 64 parallel onboardings, alternating with the six calls of the bare script over an undici pool. For one core: the rate is computed from the
 * processor time of the app's process, because emulators and callers share the machine.
 */
export async function measureThroughput(rig: BenchRig): Promise<Figure[]> {
  const { env } = rig;
  const [app, bare] = await Promise.all([startAppProcess(), startBareProcess()]);
  const url = await app.call('start', { appRoot: repositoryRoot, env });
  const count = scaled(rig, 2000);
  const script = {
    client: 'undici' as const,
    partnerCenterUrl: env['PARTNER_CENTER_URL'] ?? '',
    vaultUrl: env['CREDENTIAL_VAULT_URL'] ?? '',
    concurrency,
    count,
  };
  await onboardMany(url, count, concurrency);
  await bare.call('run', script);

  const cpu: number[] = [];
  const wall: number[] = [];
  const floor: number[] = [];
  for (let round = 0; round < 5; round++) {
    const before = await app.call('cpu');
    const start = performance.now();
    await onboardMany(url, count, concurrency);
    wall.push((count / (performance.now() - start)) * 1000);
    cpu.push(((await app.call('cpu')) - before) / count);
    floor.push((await bare.call('run', script)).cpuMilliseconds / count);
  }
  const { peak } = await app.call('memory');
  await Promise.all([app.stop(), bare.stop()]);

  const line = (figure: string, unit: string, values: readonly number[], atLeast?: number): Figure => ({
    measure: 'throughput',
    figure,
    unit,
    values,
    ...(atLeast === undefined ? {} : { atLeast }),
  });
  const perCore = cpu.map((milliseconds) => 1000 / milliseconds);
  const ratio = cpu.map((milliseconds, round) => (floor[round] ?? NaN) / milliseconds);
  return [
    line('onboardings on one core, 64 at a time', '/s', perCore, 300),
    line('by the clock, machine shared with emulators', '/s', wall),
    line('processor per onboarding', 'ms', cpu),
    line('processor of six calls over undici', 'ms', floor),
    line('rate against six calls over undici', 'x', ratio, 0.2),
    line('peak memory of the process', 'MB', [peak]),
  ];
}
