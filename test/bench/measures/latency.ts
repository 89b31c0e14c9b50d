import { repositoryRoot } from '../../local/host/functions-host.ts';
import { scaled, startAppProcess, startBareProcess, type BenchRig } from '../bench-rig.ts';
import { onboardOne } from '../call-app.ts';
import type { Figure } from '../figure.ts';
import { criticalPath } from '../watch-calls.ts';

const delay = 20;

/** One onboarding at a time with every upstream answer held back by 20 ms, in turn with the bare script over global fetch. */
export async function measureLatency(rig: BenchRig): Promise<Figure[]> {
  const { upstreams, env } = rig;
  const [app, bare] = await Promise.all([startAppProcess(), startBareProcess()]);
  const url = await app.call('start', { appRoot: repositoryRoot, env });
  const script = {
    client: 'fetch' as const,
    partnerCenterUrl: env['PARTNER_CENTER_URL'] ?? '',
    vaultUrl: env['CREDENTIAL_VAULT_URL'] ?? '',
    concurrency: 1,
  };
  for (let turn = 0; turn < 2500; turn++) await onboardOne(url);
  await bare.call('run', { ...script, count: 2500 });
  await upstreams.call('setDelay', delay);
  await upstreams.call('watch');

  const product: number[] = [];
  const added: number[] = [];
  const barely: number[] = [];
  const addedByScript: number[] = [];
  for (let turn = 0; turn < scaled(rig, 60); turn++) {
    const start = performance.now();
    await onboardOne(url);
    const duration = performance.now() - start;
    const calls = await upstreams.call('takeCalls');
    product.push(duration);
    added.push(duration - criticalPath(calls));
    const [alone = NaN] = (await bare.call('run', { ...script, count: 1 })).durations;
    barely.push(alone);
    addedByScript.push(alone - criticalPath(await upstreams.call('takeCalls')));
  }

  await upstreams.call('unwatch');
  await upstreams.call('setDelay', 0);
  await Promise.all([app.stop(), bare.stop()]);
  const ratio = product.map((value, index) => value / (barely[index] ?? NaN));
  return [
    { measure: 'latency', figure: 'onboarding, calls of 20 ms', unit: 'ms', values: product },
    { measure: 'latency', figure: 'bare script, calls of 20 ms', unit: 'ms', values: barely },
    { measure: 'latency', figure: 'against the bare script', unit: 'x', values: ratio, atMost: 1 },
    { measure: 'latency', figure: 'added to its critical path', unit: 'ms', values: added, atMost: 4 },
    { measure: 'latency', figure: 'added by the bare script to its own', unit: 'ms', values: addedByScript },
  ];
}
