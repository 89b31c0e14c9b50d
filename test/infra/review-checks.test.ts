import { expect, test } from 'vitest';
import { readInterfaces } from '../../commands/snapshots/interface.ts';
import { refusals } from '../../commands/snapshots/refusals.ts';
import { hashSources, readHashes } from '../../commands/snapshots/sources.ts';
import { accessChecks } from './access-checks.ts';
import { infraFiles, infraText } from './infra.ts';
import { operationChecks } from './operation-checks.ts';
import { resourceChecks } from './resource-checks.ts';
import { breakSnapshot } from './review-check.ts';
import { snapshotOf, snapshots } from './snapshot.ts';

const checks = [...resourceChecks, ...accessChecks, ...operationChecks];

test('the snapshots match the Bicep sources: after a change, run npm run snapshots', () => {
  expect(readHashes()).toEqual(hashSources());
});

test.each([
  'main.bicep',
  'modules/vault.bicep',
  'snapshots/dev.bicepparam',
  'main.dev.parameters.json',
  'compiler/bicep.csproj',
])('a change of %s without new snapshots is found', (path) => {
  const changed = hashSources((one) => infraText(one) + (one === path ? '// changed' : ''));
  expect(readHashes()).not.toEqual(changed);
});

test('npm run bicep runs every fail() in main.bicep', () => {
  const { failures } = readInterfaces()['main.bicep'] ?? { failures: [] };
  expect(failures.length).toBeGreaterThan(6);
  expect(failures.filter((one) => !refusals.some(({ message }) => one.includes(message)))).toEqual([]);
  expect(refusals.filter(({ message }) => !failures.some((one) => one.includes(message)))).toEqual([]);
});

/** Each main option, with a text that its resources contain. */
const options: Readonly<Record<string, string>> = {
  dev: '"name":"csponb-dev-vnet"',
  production: '"azd-env-name":"prod"',
  'network-off': '"value":"203.0.113.7/32"',
  entra: '"unauthenticatedClientAction":"Return401"',
  'app-user': "'app+user'",
  certificate: "'PARTNER_CLIENT_CREDENTIAL', 'value', 'certificate'",
  'managed-identity': "'PARTNER_CLIENT_CREDENTIAL', 'value', 'managed-identity'",
  china: "'PARTNER_CLOUD', 'value', 'china'",
  'on-call': '"emailAddress":"on-call@partner.example"',
  'always-ready': '"alwaysReady":[{"name":"http","instanceCount":2}]',
  'longest-names': '"csponb-production-1-id"',
  'shortest-names': '"csponb-qa-id"',
  'existing-subnet': 'virtualNetworks/hub/subnets/onboarding"',
  contributor: '"csponb-dev-id"',
};

test.each(Object.entries(options))('the snapshot %s has its option', (name, part) => {
  expect(JSON.stringify(snapshotOf(name).resources)).toContain(part);
});

test('every option has parameters and a snapshot', () => {
  const files = infraFiles('.bicepparam').map((name) => name.slice('snapshots/'.length, -'.bicepparam'.length));
  expect([...snapshots.keys()].sort()).toEqual(Object.keys(options).sort());
  expect(files.sort()).toEqual([...Object.keys(options), 'defaults'].sort());
});

test('the checks are numbered without a gap', () => {
  const numbers = checks.map(({ title }) => Number.parseInt(title, 10)).filter(Number.isInteger);
  expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 32 }, (_, i) => i + 1));
});

test.each(checks)('$title', ({ check }) => {
  expect([...snapshots.values()].flatMap((snapshot) => check(snapshot))).toEqual([]);
});

const variants = checks.flatMap(({ title, check, broken }) => broken.map((one) => ({ title, check, one })));

test.each(variants)('finds a broken snapshot: $title ($one.type $one.path)', ({ check, one }) => {
  expect(check(breakSnapshot(one))).not.toEqual([]);
});

test('every check has a broken snapshot', () => {
  expect(checks.filter(({ broken }) => broken.length === 0)).toEqual([]);
});
