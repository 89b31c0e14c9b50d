import { expect, test } from 'vitest';
import { hashSources, readHashes } from '../../commands/snapshots/sources.ts';
import { accessChecks } from './access-checks.ts';
import { infraFiles } from './infra.ts';
import { operationChecks } from './operation-checks.ts';
import { resourceChecks } from './resource-checks.ts';
import { breakSnapshot } from './review-check.ts';
import { snapshots } from './snapshot.ts';

const checks = [...resourceChecks, ...accessChecks, ...operationChecks];

test('the snapshots are of the Bicep as it is: after a change, run npm run snapshots', () => {
  expect(readHashes()).toEqual(hashSources());
});

test('every option has a snapshot', () => {
  const options = infraFiles('.bicepparam').map((name) => name.slice('snapshots/'.length, -'.bicepparam'.length));
  expect([...snapshots.keys(), 'defaults'].sort()).toEqual(options.sort());
});

test('there are the 25 review checks and those that came later', () => {
  const numbers = checks.map(({ title }) => Number.parseInt(title, 10)).filter(Number.isInteger);
  expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 32 }, (_, i) => i + 1));
});

test.each(checks)('$title', ({ check }) => {
  expect([...snapshots.values()].flatMap((snapshot) => check(snapshot))).toEqual([]);
});

const variants = checks.flatMap(({ title, check, broken }) => broken.map((one) => ({ title, check, one })));

test.each(variants)('the check complains when it is broken: $title ($one.type $one.path)', ({ check, one }) => {
  expect(check(breakSnapshot(one))).not.toEqual([]);
});

test('each check is seen to fail', () => {
  expect(checks.filter(({ broken }) => broken.length === 0)).toEqual([]);
});
