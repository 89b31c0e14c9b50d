import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repositoryRoot } from '../local/host/functions-host.ts';
import { startStack, type Stack } from '../local/stack.ts';

/** A function of the bundle by its position in the source, and its number of calls. */
interface Called {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

let stack: Stack;
let source: string;
let files: string[];
let functions: Called[];

/** Loads the app as the worker does and runs its hooks; when it is idle, it reports what was loaded and called, and ends. */
const load = `
  const Module = require('node:module');
  const { Session } = require('node:inspector');
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  const hooks = [];
  const own = {
    version: '3.13.0',
    registerHook: (name, hook) => (name === 'appStart' && hooks.push(hook), { dispose() {} }),
  };
  const core = new Proxy(own, { get: (own, name) => own[name] ?? (() => ({ dispose() {} })) });
  const real = Module._load;
  Module._load = (name, ...others) => (name === '@azure/functions-core' ? core : real(name, ...others));
  console.info = () => {};
  require('./dist/main.cjs');
  for (const hook of hooks) hook({});
  process.once('beforeExit', () => {
    session.post('Profiler.takePreciseCoverage', (error, { result }) => {
      const { functions } = result.find(({ url }) => url.endsWith('dist/main.cjs'));
      const called = functions.map(({ ranges: [{ startOffset: from, endOffset: to, count }] }) => ({ from, to, count }));
      console.log(JSON.stringify({ files: Object.keys(require.cache), called }));
    });
  });`;

beforeAll(async () => {
  stack = await startStack();
  const env = { ...stack.environment, PATH: process.env['PATH'] };
  source = await readFile('dist/main.cjs', 'utf8');
  const options = { cwd: repositoryRoot, env, maxBuffer: 2 ** 24, timeout: 20_000 };
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', load], options);
  const told = JSON.parse(stdout) as { files: string[]; called: Called[] };
  files = told.files;
  functions = told.called;
});
afterAll(() => stack.close());

/** Number of calls of the innermost function that contains this text. */
function callsOf(text: string): number | undefined {
  const at = source.indexOf(text);
  expect(at).toBeGreaterThan(0);
  const around = functions.filter(({ from, to }) => from <= at && at < to);
  return around.toSorted((a, b) => a.to - a.from - (b.to - b.from))[0]?.count;
}

test.each([
  ['document.cjs', 'The function app that served this document.'],
  ['read-pkcs12.cjs', 'unsupported PKCS#12 content'],
  ['linear-engine.cjs', 'MatcherInput'],
])('loads only the main file, without the code in %s', async (file, text) => {
  expect(files.map((name) => name.replace(repositoryRoot, ''))).toEqual(['dist/main.cjs']);
  expect(await readFile(`dist/${file}`, 'utf8')).toContain(text);
  expect(source).not.toContain(text);
});

test.each([
  ['the check of the secrets', 'partner-tenant-id', true],
  ['the list of cultures', 'byCountry:', false],
  ['the list of top-level domains', '.domainToUnicode)(', false],
  ['the validator', '#/properties/', false],
  ['the country rules', '/v1/countryvalidationrules/', false],
  ['the workflow', '/v1/validations/address', false],
  ['a create', '/v1/customers"', false],
  ['the search for a customer', '/v1/auditrecords', false],
  ['the reset of a password', '/resetpassword', false],
])('%s: %s is needed at load: %s', (_what, text, needed) => {
  expect((callsOf(text) ?? 0) > 0).toBe(needed);
});

test('requests tokens and secrets once, at load, and keeps nothing open afterwards', () => {
  // The process ended by itself, so no renewal timer is left.
  const asked = Object.entries(stack.servers).flatMap(([name, { requests }]) =>
    requests.map(({ operation }) => `${name} ${operation}`),
  );
  expect(asked.toSorted()).toEqual(
    [
      'credentialVault listVersions',
      'credentialVault listVersions',
      'identity getIdentityToken',
      'identity getIdentityToken',
      ...Array.from({ length: 4 }, () => 'partnerVault getSecret'),
    ].toSorted(),
  );
});
