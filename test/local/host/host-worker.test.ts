import { afterEach, expect, test } from 'vitest';
import type { LogEntry } from './core-types.ts';
import type { FunctionsHost, HostOptions } from './functions-host.ts';
import { useHelloApp } from './use-hello-app.ts';

let log: LogEntry[] = [];
const startHello = useHelloApp(afterEach);
afterEach(() => {
  log = [];
});

const start = (options: Partial<HostOptions> = {}): Promise<FunctionsHost> =>
  startHello({ log: (entry) => log.push(entry), ...options });

const call = async (host: FunctionsHost, path: string): Promise<number> => (await fetch(`${host.url}${path}`)).status;
const count = (message: string): number => log.filter((entry) => entry.message === message).length;
const readCalls = async (host: FunctionsHost): Promise<unknown> =>
  ((await (await fetch(`${host.url}/api/environment`)).json()) as { calls: number }).calls;

test('restarts the worker after functionTimeout: every call on it and new ones get 500, then a fresh app answers', async () => {
  const host = await start({ times: { functionTimeout: 1000, restart: 500 } });
  expect(await readCalls(host)).toBe(1);
  const slow = call(host, '/api/wait');
  await expect.poll(() => count('waiting')).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 600));
  const begin = Date.now();
  const innocent = call(host, '/api/wait');
  expect(await Promise.all([slow, innocent])).toEqual([500, 500]);
  // The second call had more than half of its time left, but ended with the worker.
  expect(Date.now() - begin).toBeLessThan(900);
  expect(await call(host, '/api/nothing')).toBe(500);
  await expect.poll(() => call(host, '/api/nothing'), { timeout: 5000 }).toBe(204);
  expect(await readCalls(host)).toBe(1);
  expect(count('started')).toBe(2);
  expect(count('terminating')).toBe(0);
});

test('drops what the old worker logs after it was ended', async () => {
  const host = await start({ env: { WAIT: '300' }, times: { functionTimeout: 100, restart: 50 } });
  expect(await call(host, '/api/wait')).toBe(500);
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect([count('waiting'), count('released')]).toEqual([1, 0]);
});

test('on SIGTERM gives requests in flight their time, then resets them, waits for the worker and runs the hooks', async () => {
  const host = await start({ env: { WAIT: '1500' }, times: { drain: 200, worker: 2000 } });
  const begin = Date.now();
  const outcome = fetch(`${host.url}/api/wait`).then(
    () => [],
    ({ cause }: Error) => [(cause as { code?: string }).code, Date.now() - begin],
  );
  await expect.poll(() => count('waiting')).toBe(1);
  await host.terminate();
  const [code, after] = await outcome;
  expect(code).toBe('ECONNRESET');
  expect(after).toBeGreaterThan(190);
  expect(after).toBeLessThan(1300);
  expect(Date.now() - begin).toBeGreaterThan(1400);
  expect(count('terminated')).toBe(1);
});

test('continues with the hooks when the worker does not drain, and stops them after their grace period', async () => {
  const host = await start({ env: { TERMINATE: '5000' }, times: { drain: 50, worker: 50, hooks: 100 } });
  const outcome = fetch(`${host.url}/api/wait`).catch((error: unknown) => error);
  await expect.poll(() => count('waiting')).toBe(1);
  const begin = Date.now();
  await host.terminate();
  expect(Date.now() - begin).toBeLessThan(1000);
  expect(await outcome).toMatchObject({ message: 'fetch failed' });
  expect([count('terminating'), count('terminated')]).toEqual([1, 0]);
});
