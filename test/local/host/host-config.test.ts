import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readHostConfig, type HostConfig } from './host-config.ts';
import { compareTemplates, matchTemplate, parseTemplate } from './route-template.ts';
import { realTimes } from './times.ts';
import { WorkerApp } from './worker-app.ts';

const folder = mkdtempSync(join(tmpdir(), 'host-json-'));
afterAll(() => rmSync(folder, { recursive: true }));

function read(file: object): HostConfig {
  writeFileSync(join(folder, 'host.json'), JSON.stringify(file));
  return readHostConfig(folder);
}

test('has the defaults of the real host for what host.json leaves out', () => {
  expect(read({})).toEqual({
    routePrefix: 'api',
    customHeaders: {},
    maxConcurrentRequests: -1,
    maxOutstandingRequests: -1,
    functionTimeout: 30 * 60_000,
  });
  expect(read({ extensions: { http: { routePrefix: '' } } }).routePrefix).toBe('');
});

test.each([
  ['00:05:00', 300_000],
  ['1.02:03:04', 93_784_000],
  ['-1', 0],
])('reads functionTimeout %s as %d ms', (functionTimeout, milliseconds) => {
  expect(read({ functionTimeout }).functionTimeout).toBe(milliseconds);
});

test('refuses a functionTimeout that is no TimeSpan', () => {
  expect(() => read({ functionTimeout: '300' })).toThrow('host.json: functionTimeout is no TimeSpan: 300');
});

test('waits as long as the real host was seen to wait', () => {
  expect(realTimes).toEqual({ drain: 30_000, worker: 10_000, hooks: 5_000, restart: 5_000, body: 6_000 });
});

test.each([
  ['a/{b}', 'A/x', { b: 'x' }],
  ['a/{b?}', 'a', {}],
  ['a/{b}', 'a', undefined],
  ['a', 'a/x', undefined],
  ['{*rest}', 'x/y', { rest: 'x/y' }],
  ['{n:int}', '17', { n: '17' }],
  ['{n:int}', 'x', undefined],
  ['{n:guid}', '5b8e9c1f-7a30-4e0a-9d27-5b8e9c1f7a30', { n: '5b8e9c1f-7a30-4e0a-9d27-5b8e9c1f7a30' }],
  ['{n:alpha:length(2,3)}', 'abc', { n: 'abc' }],
  ['{n:alpha:length(2,3)}', 'abcd', undefined],
  ['{n:minlength(2)}', 'a', undefined],
  ['{n:maxlength(2)}', 'abc', undefined],
  ['{n:bool}', 'True', { n: 'True' }],
  ['{n:long}', '1234567890123', { n: '1234567890123' }],
])('matches the route %s with %s', (template, path, parameters) => {
  expect(matchTemplate(parseTemplate(template), path.split('/'))).toEqual(parameters);
});

test('tries literals, then constrained parameters, free ones and the rest of the path', () => {
  const sorted = ['{*rest}', '{b}', '{b:int}', 'b'].map(parseTemplate).sort(compareTemplates);
  expect(sorted.map(([segment]) => segment?.literal ?? segment?.constraints.length)).toEqual(['b', 1, 0, 0]);
  expect(sorted.at(-1)?.[0]?.catchAll).toBe(true);
});

test.each(['{n:range(1,2)}', 'a{b}'])('says that it cannot do the route %s', (template) => {
  expect(() => parseTemplate(template)).toThrow('not supported by the local host');
});

test('the README of the local host names every test of what is copied, and no other', () => {
  const page = readFileSync(new URL('./README.md', import.meta.url), 'utf8');
  const named = [...page.matchAll(/`(host-[a-z-]+)`/g)].map(([, name = '']) => name);
  const files = readdirSync(new URL('.', import.meta.url)).flatMap(
    (name) => /^(host-.+)\.test\.ts$/.exec(name)?.[1] ?? [],
  );
  // The timer test is about the app, not about the host.
  expect([...new Set(named)].sort()).toEqual(files.filter((name) => name !== 'host-timer').sort());
});

test('registers functions and hooks by the rules of the worker', () => {
  const app = new WorkerApp(() => undefined);
  const register = (name: string): unknown => app.registerFunction({ name, bindings: {} }, () => undefined);
  register('One');
  expect(() => register('One')).toThrow('A function with name "One" has already been registered.');
  expect(() => app.registerHook('sometimes', () => undefined)).toThrow('Unrecognized hook "sometimes"');
  app.started = true;
  expect(() => register('Two')).toThrow('A function can only be registered during app startup.');
});
