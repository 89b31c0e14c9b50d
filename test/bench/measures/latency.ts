import { repositoryRoot } from '../../local/host/functions-host.ts';
import { scaled, startAppProcess, startBareProcess, type BenchRig } from '../bench-rig.ts';
import { onboardOne } from '../call-app.ts';
import type { Figure } from '../figure.ts';
import { criticalPath } from '../watch-calls.ts';

const delay = 20;

/**
 * One onboarding at a time with every upstream answer held back by 20 ms, in turn over http, over https and by the bare script over global
 * fetch.
 */
export async function measureLatency(rig: BenchRig): Promise<Figure[]> {
  const { upstreams, env, secureEnv } = rig;
  const [app, secure, bare] = await Promise.all([startAppProcess(), startAppProcess(secureEnv), startBareProcess()]);
  const url = await app.call('start', { appRoot: repositoryRoot, env });
  const secureUrl = await secure.call('start', { appRoot: repositoryRoot, env: secureEnv });
  const script = {
    client: 'fetch' as const,
    partnerCenterUrl: env['PARTNER_CENTER_URL'] ?? '',
    vaultUrl: env['CREDENTIAL_VAULT_URL'] ?? '',
    concurrency: 1,
  };
  for (let turn = 0; turn < 2500; turn++) await onboardOne(url);
  for (let turn = 0; turn < 2500; turn++) await onboardOne(secureUrl);
  await bare.call('run', { ...script, count: 2500 });
  await upstreams.call('setDelay', delay);
  await upstreams.call('watch');

  const product: number[] = [];
  const added: number[] = [];
  const secured: number[] = [];
  const addedSecured: number[] = [];
  const handshakes = await upstreams.call('handshakes');
  const barely: number[] = [];
  const addedByScript: number[] = [];
  for (let turn = 0; turn < scaled(rig, 60); turn++) {
    await timeOne(url, upstreams, product, added);
    await timeOne(secureUrl, upstreams, secured, addedSecured);
    const [alone = NaN] = (await bare.call('run', { ...script, count: 1 })).durations;
    barely.push(alone);
    addedByScript.push(alone - criticalPath(await upstreams.call('takeCalls')));
  }

  const { full, resumed } = await upstreams.call('handshakes');
  await upstreams.call('unwatch');
  await upstreams.call('setDelay', 0);
  await Promise.all([app.stop(), secure.stop(), bare.stop()]);
  const ratio = product.map((value, index) => value / (barely[index] ?? NaN));
  return [
    { measure: 'latency', figure: 'onboarding, calls of 20 ms', unit: 'ms', values: product },
    { measure: 'latency', figure: 'bare script, calls of 20 ms', unit: 'ms', values: barely },
    { measure: 'latency', figure: 'against the bare script', unit: 'x', values: ratio, atMost: 1 },
    { measure: 'latency', figure: 'added to its critical path', unit: 'ms', values: added, atMost: 4 },
    { measure: 'latency', figure: 'onboarding over https', unit: 'ms', values: secured },
    { measure: 'latency', figure: 'added over https', unit: 'ms', values: addedSecured },
    {
      measure: 'latency',
      figure: 'TLS handshakes of later calls',
      unit: 'handshakes',
      values: [full + resumed - handshakes.full - handshakes.resumed],
      atMost: 0,
    },
    { measure: 'latency', figure: 'added by the bare script to its own', unit: 'ms', values: addedByScript },
  ];
}

async function timeOne(
  url: string,
  upstreams: BenchRig['upstreams'],
  durations: number[],
  added: number[],
): Promise<void> {
  const start = performance.now();
  await onboardOne(url);
  const duration = performance.now() - start;
  durations.push(duration);
  added.push(duration - criticalPath(await upstreams.call('takeCalls')));
}
