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

async function getJson(host: FunctionsHost, path: string, headers: Record<string, string> = {}): Promise<unknown> {
  return (await fetch(`${host.url}${path}`, { headers })).json();
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

const messages = (): readonly string[] => log.map((entry) => entry.message);

test('gives each instance its own module state and environment, and none of the process', async () => {
  const [red, blue] = await Promise.all([start({ env: { COLOR: 'red' } }), start({ env: { COLOR: 'blue' } })]);
  expect(await getJson(red, '/api/environment')).toMatchObject({ calls: 1, color: 'red', path: null });
  expect(await getJson(red, '/api/environment')).toMatchObject({ calls: 2, color: 'red' });
  expect(await getJson(blue, '/api/environment')).toMatchObject({ calls: 1, color: 'blue' });
});

test('passes what the app logs, by whatever way, to the log of its instance', async () => {
  const host = await start();
  await fetch(`${host.url}/api/environment`);
  expect(log).toContainEqual(
    expect.objectContaining({ level: 'warning', message: 'from the context', category: 'Function.Environment.User' }),
  );
  expect(log).toContainEqual(expect.objectContaining({ message: 'from the console 1' }));
  expect(log).toContainEqual(expect.objectContaining({ level: 'information', message: 'from stderr' }));
  expect(messages()[0]).toBe('started');
});

test('continues the trace of the caller with a new span', async () => {
  const traceparent = `00-${'ab'.repeat(16)}-${'12'.repeat(8)}-01`;
  const answer = (await getJson(await start(), '/api/environment', { traceparent })) as {
    trace: { traceParent: string };
  };
  expect(answer.trace.traceParent).toMatch(/^00-(ab){16}-[0-9a-f]{16}-01$/);
  expect(answer.trace.traceParent).not.toBe(traceparent);
});

test.each([
  ['throws while loading', { BREAK_AT_LOAD: '1' }, 'broken at load'],
  ['streams, which hangs in the real host', { HTTP_STREAM: '1' }, 'does not support enableHttpStream'],
])('stays up and answers 404 when the app %s', async (_what, env, reason) => {
  const host = await start({ env });
  expect((await fetch(`${host.url}/api/nothing`)).status).toBe(404);
  expect(messages().join()).toContain(reason);
});

test('runs a timer by call and rejects when it fails', async () => {
  await (await start()).runTimer('Tick');
  expect(messages()).toContain('ticked false');
  await expect((await start({ env: { BREAK_TIMER: '1' } })).runTimer('Tick')).rejects.toThrow('the timer failed');
  await expect((await start()).runTimer('Echo')).rejects.toThrow('No timer function');
});

test('answers 429 with the mark of the platform and without Retry-After or custom headers when more requests are outstanding than host.json allows', async () => {
  const host = await start({ env: { WAIT: '300' } });
  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => fetch(`${host.url}/api/wait`)));
  expect(answers.map((answer) => answer.status).toSorted((left, right) => left - right)).toEqual([
    200, 200, 200, 429, 429,
  ]);
  const refused = answers.find((answer) => answer.status === 429);
  const names = ['x-function-scaleout', 'retry-after', 'cache-control', 'x-content-type-options'];
  expect(names.map((name) => refused?.headers.get(name))).toEqual(['1', null, null, null]);
  expect(await refused?.text()).toBe('');
});

test('lets requests finish before the terminate hooks run, and refuses new ones', async () => {
  const host = await start({ env: { WAIT: '200' } });
  const waiting = fetch(`${host.url}/api/wait`);
  await until(() => messages().includes('waiting'));
  const ended = host.terminate();
  await expect(fetch(`${host.url}/api/nothing`)).rejects.toThrow('fetch failed');
  expect(messages()).not.toContain('terminating');
  const answer = await waiting;
  expect([await answer.text(), answer.headers.get('connection')]).toEqual(['waited', 'close']);
  await ended;
  expect(messages()).toContain('terminated');
});

test('drops every connection and runs no hook when it is killed', async () => {
  const host = await start({ env: { WAIT: '200' } });
  const waiting = fetch(`${host.url}/api/wait`);
  await until(() => messages().includes('waiting'));
  const outcome = waiting.catch((error: unknown) => error);
  await host.kill();
  expect(await outcome).toMatchObject({ message: 'fetch failed' });
  await expect(fetch(host.url)).rejects.toThrow('fetch failed');
  expect(messages()).not.toContain('terminating');
});

test('cuts one instance off from the world while the others go on', async () => {
  const [cut, whole] = await Promise.all([start(), start()]);
  const ask = async (host: FunctionsHost, rest = ''): Promise<Response> =>
    fetch(`${host.url}/api/upstream?url=${encodeURIComponent(`${whole.url}/api/nothing`)}${rest}`);
  expect((await ask(cut)).status).toBe(204);
  cut.cut();
  expect(await (await ask(cut)).text()).toContain('ECONNREFUSED');
  expect((await ask(cut, '&fetch')).status).toBe(500);
  expect((await ask(whole)).status).toBe(204);
});

test('stands in for App Service Authentication: drops forged principals and adds its own', async () => {
  const forged = { 'x-ms-client-principal': 'forged', 'x-ms-client-principal-id': 'forged' };
  const read = async (host: FunctionsHost, headers: Record<string, string>): Promise<Record<string, string>> =>
    ((await getJson(host, '/api/v1/echo', headers)) as { headers: Record<string, string> }).headers;
  expect((await read(await start(), forged))['x-ms-client-principal']).toBe('forged');
  const host = await start({ easyAuth: { principals: { 'token-1': { id: 'id-1', roles: ['Onboard'] } } } });
  expect((await read(host, forged))['x-ms-client-principal']).toBeUndefined();
  const headers = await read(host, { ...forged, authorization: 'Bearer token-1' });
  expect(headers['x-ms-client-principal-id']).toBe('id-1');
  const principal: unknown = JSON.parse(Buffer.from(headers['x-ms-client-principal'] ?? '', 'base64').toString());
  expect(principal).toMatchObject({
    auth_typ: 'aad',
    role_typ: 'roles',
    claims: [{ val: 'id-1' }, { typ: 'roles', val: 'Onboard' }],
  });
});
