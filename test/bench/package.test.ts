import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleApp } from '../../build/bundle-app.ts';
import { writePackage } from '../../build/write-package.ts';
import { readExample } from '../local/read-example.ts';
import { startStack } from '../local/stack.ts';

let folder: string;
let zip: Buffer;
let files: Record<string, Uint8Array>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'package-'));
  await bundleApp(join(folder, 'built'));
  zip = await writePackage(join(folder, 'first.zip'), join(folder, 'built'));
  files = unzipSync(zip);
  for (const [name, bytes] of Object.entries(files)) {
    const file = join(folder, 'unpacked', name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
});
afterAll(() => rm(folder, { recursive: true }));

test('contains only the build, host.json and package.json, in less than 270 KB', () => {
  expect(Object.keys(files).sort()).toEqual([
    'dist/document.cjs',
    'dist/linear-engine.cjs',
    'dist/main.cjs',
    'dist/read-pkcs12.cjs',
    'host.json',
    'package.json',
  ]);
  expect(zip.length).toBeLessThan(270_000);
});

test('makes an instance read less than 545 KB of source', () => {
  expect(files['dist/main.cjs']?.length).toBeLessThan(545_000);
});

test('has no source map, no comment about one, and no path of the machine that built it', () => {
  const source = Buffer.from(files['dist/main.cjs'] ?? []).toString('utf8');
  expect(source).not.toContain('sourceMappingURL');
  expect(source).not.toContain(process.cwd());
});

test('is the same to the byte when the same sources are built again', async () => {
  await bundleApp(join(folder, 'again'));
  const again = await writePackage(join(folder, 'second.zip'), join(folder, 'again'));
  expect(again.equals(zip)).toBe(true);
});

test('onboards a customer from a folder that contains only the package', async () => {
  const stack = await startStack({ appRoot: join(folder, 'unpacked') });
  const instance = await stack.startInstance();
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify(readExample());
  const answer = await instance.call('/api/v1/customers', { method: 'POST', headers, body });
  expect(answer.status).toBe(201);
  await stack.close();
});

test('requires no module except the worker and Node', async () => {
  const loads = `
    const Module = require('node:module');
    const load = Module._load;
    Module._load = (name, ...others) => (name === '@azure/functions-core' ? core : load(name, ...others));
    const core = new Proxy({ version: '3.13.0' }, { get: (own, name) => own[name] ?? (() => ({ dispose() {} })) });
    require('./dist/main.cjs');
    require('./dist/read-pkcs12.cjs');`;
  const run = promisify(execFile)(process.execPath, ['-e', loads], { cwd: join(folder, 'unpacked') });
  await expect(run).resolves.toMatchObject({ stderr: '' });
});
