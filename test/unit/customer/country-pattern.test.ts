import { beforeAll, expect, test } from 'vitest';
import { matchesPattern, preparePatterns } from '../../../shared/partner-center/country-pattern.ts';
import { addressFormats } from '../../local/partner-center/address-formats.ts';

beforeAll(() => preparePatterns(['(a+)+']));

test.each<[string, string, boolean | undefined]>([
  ['^(\\d{5})(-\\d{4})?$', '98052-6399', true],
  ['^(\\d{5})(-\\d{4})?$', '9805', false],
  ['^(?i)(DK-)?[0-9]{4}\\z', 'dk-2100', true],
  ['^(?i)(DK-)?[0-9]{4}\\z', 'dk-210', false],
  ['(?i)^ab$', 'AB', true],
  ['\\A(?i)ab\\Z', 'AB', true],
  ['\\A[0-9]{3}\\Z', '1234', false],
  ['^(?<area>\\d{3}) ?(?<route>\\d{2})$', '114 55', true],
  ['[0-9]{3}', 'x123y', true],
  ['^[0-9]{2}-[0-9]{3}$', '00-950', true],
  ['^[A-Z]-[0-9]$', 'A-1', true],
  ['^[A-Z]-[0-9]$', 'A1', false],
  ['^\\p{L}{2,}$', 'Łódź', true],
  ['^\\p{L}{2,}$', 'p{L}{', false],
  ['^[\\p{Lu}\\d]+$', 'É7', true],
  ['^\\(0\\d\\) \\d\\.\\d$', '(01) 2.3', true],
  ['^a\\\\z$', 'a\\z', true],
  ['^\\u0041\\x42$', 'AB', true],
])('reads %s as .NET does: %s is %s', (pattern, text, expected) => {
  expect(matchesPattern(pattern, text)).toBe(expected);
});

test.each([
  '^[a-z-[aeiou]]+$',
  '^[\\w-[_]]+$',
  '^[^]]{2}$',
  '[]a]+',
  '(?>a+)b',
  '^(?#five digits)\\d{5}$',
  '\\Gabc',
  '\\eabc',
  '\\p{IsCyrillic}+',
  '^(?x) \\d $',
  '^(?(?=a)a|b)$',
  '(',
  '[',
  'a{2,1}',
  '*',
  'x'.repeat(2001),
])('ignores the rule %s, which JavaScript cannot parse', (pattern) => {
  expect(matchesPattern(pattern, 'b')).toBeUndefined();
});

test.each([
  ['^(a+)+$', false],
  ['^(?i)(a+)+\\z', false],
  ['^(\\u0061|a)+!$', true],
  // Compiling these takes unlimited time or memory.
  [`^${'(\\p{L}{0,31}){0,31}'.repeat(23)}$`, undefined],
  ['((((((a{9}){9}){9}){9}){9}){9})', undefined],
  [`^${'(?:a?){9}'.repeat(40)}$`, undefined],
  [`(${'\\p{L}|'.repeat(300)}b)*`, undefined],
])('checks with %s quickly, or not at all', (pattern, expected) => {
  const start = performance.now();
  expect(matchesPattern(pattern, `${'a'.repeat(150)}!`)).toBe(expected);
  expect(performance.now() - start).toBeLessThan(400);
});

test('treats a text that no country uses as a mismatch, whatever the pattern', () => {
  expect(matchesPattern('^(b+)+$', 'b'.repeat(201))).toBe(false);
  expect(matchesPattern('^c+$', 'c'.repeat(200))).toBe(true);
});

const patterns = Object.values(addressFormats).flatMap(({ postalCodeRegex = [], phoneNumberRegex = [] }) =>
  [postalCodeRegex, phoneNumberRegex].flat(),
);

test.each([...new Set(patterns)])('reads %s of the emulated Partner Center', (pattern) => {
  expect(matchesPattern(pattern, '!')).toBe(false);
});
