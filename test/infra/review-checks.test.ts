import { expect, test } from 'vitest';
import { accessChecks } from './access-checks.ts';
import { infraText, readInfra } from './infra.ts';
import { parseBicep } from './bicep-file.ts';
import { operationChecks } from './operation-checks.ts';
import { resourceChecks } from './resource-checks.ts';

const checks = [...resourceChecks, ...accessChecks, ...operationChecks];
const infra = readInfra();

test('there are the 25 review checks and the one on parameters', () => {
  const numbers = checks.map(({ title }) => Number.parseInt(title, 10)).filter(Number.isInteger);
  expect(numbers).toEqual(Array.from({ length: 25 }, (_, i) => i + 1));
});

test.each(checks)('$title', ({ check }) => {
  expect(check(infra)).toEqual([]);
});

const variants = checks.flatMap(({ title, check, broken }) => broken.map((variant) => ({ title, check, variant })));

test.each(variants)(
  'the check complains when it is broken: $title ($variant.file: $variant.from)',
  ({ check, variant }) => {
    expect(check(readInfra(variant))).not.toEqual([]);
  },
);

test('the registration of the API is Bicep as well', () => {
  expect(parseBicep('entra.bicep', infraText('entra.bicep')).resources.map(({ type }) => type)).toContain(
    'Microsoft.Graph/applications',
  );
});

test('a file with a syntax error is refused', () => {
  expect(() => parseBicep('x.bicep', "resource x 'A/b@1' = {")).toThrow('not Bicep');
});
