import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { readAddress, withoutRunner } from '../../commands/runner-access/access-rules.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'runner-access-'));
afterAll(() => rmSync(folder, { recursive: true }));

const site = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/csponb-dev-abc';
const fixed = { name: 'LogicApps', ipAddress: 'LogicApps', tag: 'ServiceTag', action: 'Allow', priority: 100 };
const deployer = { name: 'deployer-0', ipAddress: '203.0.113.8/32', action: 'Allow', priority: 100 };
const last = { ipAddress: 'Any', action: 'Deny', priority: 2_147_483_647, name: 'Deny all' };
const runner = { name: 'runner', action: 'Allow', ipAddress: '198.51.100.7/32', priority: 50 };

/** A stand-in for the Azure CLI: stores a configuration, records its arguments, and refuses what Flex Consumption refuses. */
const program = `#!${process.execPath}
const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');
const args = process.argv.slice(2);
const value = (name) => args[args.indexOf(name) + 1];
appendFileSync('${join(folder, 'calls')}', JSON.stringify(args) + '\\n');
const state = JSON.parse(readFileSync('${join(folder, 'config')}', 'utf8'));
if (state.fails) { console.error('ERROR: (AuthorizationFailed)'); process.exit(1); }
if (value('--method') === 'patch') {
  const { properties } = JSON.parse(value('--body'));
  if ('use32BitWorkerProcess' in properties) { console.error('ERROR: 51021'); process.exit(1); }
  if (!state.ignores) Object.assign(state.properties, properties);
  writeFileSync('${join(folder, 'config')}', JSON.stringify(state));
}
console.log(JSON.stringify(state));
`;
writeFileSync(join(folder, 'az'), program);
chmodSync(join(folder, 'az'), 0o755);

const properties = {
  use32BitWorkerProcess: true,
  ipSecurityRestrictions: [fixed, last],
  scmIpSecurityRestrictions: [deployer, last],
};
const configure = (state: object): void => writeFileSync(join(folder, 'config'), JSON.stringify(state));
beforeEach(() => {
  writeFileSync(join(folder, 'calls'), '');
  configure({ properties });
});

function run(...args: readonly string[]): { status: number | null; text: string; calls: string[][] } {
  const env = { ...process.env, PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}` };
  // Like the workflow: Node.js alone, without the loader of the tests.
  const done = spawnSync(process.execPath, ['commands/runner-access/main.ts', ...args], { cwd: root, env });
  const lines = readFileSync(join(folder, 'calls'), 'utf8').split('\n').filter(Boolean);
  return {
    status: done.status,
    text: done.stdout.toString() + done.stderr.toString(),
    calls: lines.map((line) => JSON.parse(line) as string[]),
  };
}

const sent = (calls: string[][]): unknown => JSON.parse(calls.at(-1)?.at(-1) ?? '{}') as unknown;

test('adds the rule with one PATCH of only the access rules, and keeps the other rules', () => {
  const { status, calls } = run('allow', site, '198.51.100.7\n');
  expect(status).toBe(0);
  expect(calls.map((call) => call[call.indexOf('--method') + 1])).toEqual(['get', 'patch']);
  expect(calls[0]?.slice(0, 3)).toEqual(['rest', '--url', `${site}/config/web?api-version=2025-03-01`]);
  expect(sent(calls)).toEqual({
    properties: { ipSecurityRestrictions: [runner, fixed], scmIpSecurityRestrictions: [runner, deployer] },
  });
});

test('replaces a rule that an earlier run left behind', () => {
  run('allow', site, '198.51.100.6');
  const { status, calls } = run('allow', site, '198.51.100.7');
  expect(status).toBe(0);
  expect(sent(calls)).toMatchObject({ properties: { ipSecurityRestrictions: [runner, fixed] } });
});

test('removes the rule of the runner from both lists', () => {
  configure({ properties: { ...properties, ipSecurityRestrictions: [runner, fixed, last] } });
  const { status, calls } = run('remove', site);
  expect(status).toBe(0);
  expect(sent(calls)).toEqual({
    properties: { ipSecurityRestrictions: [fixed], scmIpSecurityRestrictions: [deployer] },
  });
});

test.each([
  [[runner, fixed, last], [fixed]],
  [[fixed, last], [fixed]],
  [null, []],
])('removes the rule of the runner from the list %j', (ipSecurityRestrictions, kept) => {
  const { scmIpSecurityRestrictions } = properties;
  expect(withoutRunner({ properties: { ipSecurityRestrictions, scmIpSecurityRestrictions } })).toEqual({
    ipSecurityRestrictions: kept,
    scmIpSecurityRestrictions: [deployer],
  });
});

test.each([
  '',
  '0.0.0.0/0',
  '198.51.100.7/8',
  '2001:db8::1',
  '198.51.100.256',
  '<html>',
  '1.2.3.4 5.6.7.8',
  '010.1.1.1',
])('%j is not an address', (address) => {
  expect(() => readAddress(address)).toThrow('Not an IPv4 address');
});

test.each([
  ['what is not an address', ['allow', site, '0.0.0.0/0'], 'Not an IPv4 address'],
  ['another action', ['open', site], 'Unknown action open'],
  ['no site', ['remove', ''], 'Not the resource id of a site'],
  ['a site without a name', ['remove', site.replace('csponb-dev-abc', '')], 'Not the resource id of a site'],
])('refuses %s before it calls Azure', (_, args, message) => {
  const { status, text, calls } = run(...args);
  expect(status).toBe(1);
  expect(text).toContain(message);
  expect(calls).toEqual([]);
});

test.each([
  ['Azure refuses', { fails: true }],
  ['Azure answers with something else', { value: [] }],
  ['the rule is not kept', { properties, ignores: true }],
])('fails when %s', (_, state) => {
  configure(state);
  expect(run('allow', site, '198.51.100.7').status).toBe(1);
});

test('fails when Azure keeps the removed rule', () => {
  configure({ properties: { ...properties, scmIpSecurityRestrictions: [runner] }, ignores: true });
  expect(run('remove', site)).toMatchObject({ status: 1, text: expect.stringContaining('kept the rule') as string });
});
