import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { sendRaw } from './raw-http.ts';
import { readExample } from './read-example.ts';
import { bundleScript } from './bundle-script.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** Runs one of the scripts of package.json without the build before it, which `npm test` has done. */
async function run(
  script: string,
  env: Record<string, string> = {},
): Promise<{ child: ChildProcess; output: () => string }> {
  const child = spawn(process.execPath, [await bundleScript(script)], { cwd: root, env: { ...process.env, ...env } });
  running.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { child, output: () => text };
}

async function untilPrinted(output: () => string, pattern: RegExp): Promise<string> {
  for (let tries = 0; tries < 400; tries++) {
    const found = pattern.exec(output())?.[1];
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`nothing matched ${String(pattern)} in: ${output()}`);
}

test('the demo shows 201, masked secrets and 200 with Idempotent-Replayed, and exits 0', async () => {
  const { child, output } = await run('test/local/demo.ts');
  const [code] = (await once(child, 'close')) as [number];
  expect(output()).toMatch(
    /HTTP 201[^]*"status": "Succeeded"[^]*value: \*{8}[^]*HTTP 200[^]*idempotent-replayed: true/,
  );
  expect(code).toBe(0);
}, 20_000);

test('the stack survives a storm of bad requests and ends cleanly on Ctrl-C', async () => {
  const { child, output } = await run('test/local/start.ts', { PORT: '0' });
  const port = Number(await untilPrinted(output, /API\s+http:\/\/localhost:(\d+)\/api/));
  const url = `http://127.0.0.1:${port}/api`;
  const key = { 'x-functions-key': 'local-function-key' };
  const garbage = [
    '\u0000\u0001\r\n\r\n',
    'GET',
    `POST /api/v1/customers HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n{`,
  ];
  const lines = ['GET /%ZZ HTTP/1.1\r\nHost: x\r\n\r\n', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`];
  const storm = [...garbage, ...lines].flatMap((bytes) => Array.from({ length: 10 }, () => sendRaw(port, bytes, 200)));
  const headers = { ...key, 'content-type': 'application/json' };
  const posts = Array.from({ length: 100 }, (_, index) =>
    fetch(`${url}/v1/customers`, { method: 'POST', headers, body: `{"domain":${'['.repeat(index)}` }),
  );
  const answers = await Promise.all(posts);
  await Promise.all(storm);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([400]));
  expect((await fetch(`${url}/health`)).status).toBe(200);
  const body = JSON.stringify(readExample());
  expect((await fetch(`${url}/v1/customers`, { method: 'POST', headers, body })).status).toBe(201);
  expect(output()).toContain('curl -i http://localhost');
  child.kill('SIGINT');
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  expect([code, signal]).toEqual([0, null]);
  expect(output()).not.toMatch(/Unhandled|Error:/);
}, 20_000);

test('the stack reports in one line that its port is in use', async () => {
  const first = await run('test/local/start.ts', { PORT: '0' });
  const port = await untilPrinted(first.output, /API\s+http:\/\/localhost:(\d+)\/api/);
  const second = await run('test/local/start.ts', { PORT: port });
  const [code] = (await once(second.child, 'close')) as [number];
  expect([code, second.output().trim()]).toEqual([1, `Port ${port} is in use: set PORT to another one`]);
}, 20_000);
