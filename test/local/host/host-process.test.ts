import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHostProcess, type HostProcess } from './host-process.ts';
import { buildHelloApp } from '../build-hello-app.ts';

let appRoot: string;
let remove: () => Promise<void>;

beforeAll(async () => {
  ({ appRoot, remove } = await buildHelloApp());
});
afterAll(() => remove());

const messages = (host: HostProcess): readonly string[] => host.logLines.map((entry) => entry.message);

test('runs the app in a separate process and ends with the terminate hooks on SIGTERM', async () => {
  const host = await startHostProcess({ appRoot, env: { COLOR: 'green' } });
  expect(await (await fetch(`${host.url}/api/environment`)).json()).toMatchObject({ color: 'green', path: null });
  await host.kill('SIGTERM');
  expect(await host.exited).toEqual({ code: 0, signal: null });
  expect(messages(host)).toContain('terminated');
});

test('dies at once on SIGKILL, without hooks, in the middle of a request', async () => {
  const host = await startHostProcess({ appRoot, env: {} });
  const outcome = fetch(`${host.url}/api/wait`).catch((error: unknown) => error);
  while (!messages(host).includes('waiting')) await new Promise((resolve) => setTimeout(resolve, 5));
  await host.kill('SIGKILL');
  expect(await host.exited).toEqual({ code: null, signal: 'SIGKILL' });
  expect(await outcome).toMatchObject({ message: 'fetch failed' });
  expect(messages(host)).not.toContain('terminating');
});

test('rejects with the reason when the process cannot start', async () => {
  await expect(startHostProcess({ appRoot: '/nowhere', env: {} })).rejects.toThrow('before it was ready');
});
