import { expect, test } from 'vitest';
import { isHarmless } from '../../../shared/partner-center/is-harmless-pattern.ts';
import { addressFormats } from '../../local/partner-center/address-formats.ts';

test.each([
  '^(\\d{5})(-\\d{4})?$',
  '\\A[0-9]{3}\\Z',
  '^(?i)(DK-)?[0-9]{4}\\z',
  '^(?<area>\\d{3}) ?(?:\\d{2})$',
  '^\\p{L}{2,}$',
  '^[a-z]+[0-9]+$',
  '[0-9]{3}',
])('lets %s run without a guard', (pattern) => {
  expect(isHarmless(pattern)).toBe(true);
});

test.each([
  '^(a+)+$',
  '^(a|a)*$',
  '^(?i)(a+)+\\z',
  '^(a?){30}b$',
  '^a*a*a*b$',
  'a*a*b',
  '^(a?)(a?)(a?)(a?)(a?)(a?)(a?)(a?)(a?)(a?)(a?)(a?)(a?)(a?)(a?)(a?)(a?)b$',
  '^(?=(a+))\\1b$',
  '^(a)\\k<a>$',
  '^[\\]](a+)+$',
])('guards %s', (pattern) => {
  expect(isHarmless(pattern)).toBe(false);
});

test('is fast with the slowest pattern that it accepts', () => {
  const pattern = /^a*(a?)(a?)(a?)(a?)(a?)(a?)(a?)(a?)b$/;
  expect(isHarmless(pattern.source)).toBe(true);
  const start = performance.now();
  expect(pattern.test('a'.repeat(200))).toBe(false);
  expect(performance.now() - start).toBeLessThan(50);
});

test('lets every pattern of the emulated Partner Center run without a guard', () => {
  const patterns = Object.values(addressFormats).flatMap(({ postalCodeRegex = [], phoneNumberRegex = [] }) =>
    [postalCodeRegex, phoneNumberRegex].flat(),
  );
  expect(patterns.filter((pattern) => !isHarmless(pattern))).toEqual([]);
});
