import { repositoryRoot } from '../../local/host/functions-host.ts';
import { processes, type BenchRig } from '../bench-rig.ts';
import { makePayload } from '../call-app.ts';
import type { Figure } from '../figure.ts';
import type { AppHandlers } from '../processes/app.ts';
import { startProcess } from '../processes/remote.ts';
import type { UpstreamHandlers } from '../processes/upstreams.ts';
import { runFlow } from '../scale/flow-caller.ts';

const speed = 20;
const minute = 60_000;
/** Partner Center's requests a minute, and how many of them one onboarding makes: domain, address, create. */
const [limitPerMinute, requestsEach] = [500, 3];
const possible = limitPerMinute / requestsEach;
/** The instance cap of infra/. */
const instances = 4;
/** Response time of an upstream in milliseconds. */
const delay = 200;

/**
 * A thousand flows, offered at twice the rate that Partner Center's limit allows, against four instances with the limits of Partner Center and Key
 * Vault in force. All clocks run 20 times as fast.
 */
export async function measureScale({ share }: BenchRig): Promise<Figure[]> {
  const total = Math.max(200, Math.round(1000 * share));
  const env = { BENCH_CLOCK_SPEED: String(speed), BENCH_CLOCK_ORIGIN: String(Date.now()) };
  const fast = { flags: ['--import', new URL('../scale/fast-clock.ts', import.meta.url).href], env };
  const upstreams = await startProcess<UpstreamHandlers>(new URL('upstreams.ts', processes), fast);
  const settings = await upstreams.call('start');
  const app = await startProcess<AppHandlers>(new URL('app.ts', processes), fast);
  const urls: string[] = [];
  for (let count = 0; count < instances; count++) {
    urls.push(await app.call('start', { appRoot: repositoryRoot, env: settings }));
  }
  await upstreams.call('setDelay', delay);
  await upstreams.call('limit', { partnerCenter: limitPerMinute, vaultWrites: 300 });

  const started = performance.now() * speed;
  const domains = Array.from({ length: total }, (_, index) => `scale${index}`);
  let turn = 0;
  const pick = (): string => urls[turn++ % urls.length] ?? '';
  const flows = domains.map(async (domain, index) => {
    await new Promise((resolve) => setTimeout(resolve, (index / (2 * possible)) * (minute / speed)));
    return runFlow(pick, makePayload(domain), speed);
  });
  const ends = await Promise.all(flows);
  const { right, throttled } = await upstreams.call('judge', domains);
  await Promise.all([app.stop(), upstreams.stop()]);

  const minutes = (Math.max(...ends.map(({ ended }) => ended)) - started) / minute;
  const succeeded = ends.filter(({ status }) => status === 201 || status === 200).length;
  const line = (figure: string, unit: string, values: number[], bar: Partial<Figure> = {}): Figure => ({
    measure: 'scale',
    figure,
    unit,
    values,
    ...bar,
  });
  return [
    line(`${total} flows at twice the possible rate, ended well`, '%', [(succeeded / total) * 100], { atLeast: 100 }),
    line('of these one customer, whose credentials open it', '%', [(right / total) * 100], { atLeast: 100 }),
    line('rate', '/min', [total / minutes]),
    line('rate against the possible one', 'x', [total / minutes / possible], { atLeast: 0.9 }),
    line(
      'minutes that a flow waited',
      'min',
      ends.map(({ waited }) => waited / minute),
    ),
    line('most attempts of a flow', '', [Math.max(...ends.map(({ attempts }) => attempts))], { atMost: 8 }),
    line('requests throttled at Partner Center, per onboarding', '', [throttled / total]),
  ];
}
