import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isDamaged, normaliseText } from '../../../shared/customer/normalise-text.ts';
import { fingerprintOf } from '../../../shared/customer/fingerprint.ts';
import { readExample } from '../../local/read-example.ts';
import { faultsOf, readWith } from './read-with.ts';

test.each<[string, string, string, string]>([
  ['line ends and tabs', 'addressLine1', ' Main\r\n Street\t\v 1\u2028', 'Main Street 1'],
  ['no-break and wide spaces', 'companyName', '\u00a0Contoso\u202f\u3000Ltd\u0085', 'Contoso Ltd'],
  ['bidirectional controls', 'firstName', '\u200eAmelia\u202c\u2066', 'Amelia'],
  ['what shows nothing', 'lastName', '\ufeffRe\u00adye\u200bs\u2060', 'Reyes'],
  ['a joiner between letters', 'companyName', '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645', 'می\u200cخواهم'],
  ['a joiner after a virama', 'city', '\u0915\u094d\u200d\u0937', '\u0915\u094d\u200d\u0937'],
  ['joiners elsewhere', 'city', '\u200dRedmond \u200c\u200d 5\u200d', 'Redmond 5'],
  ['a joiner between blanks', 'city', 'New \u200d York', 'New York'],
  ['a combining accent', 'lastName', 'Re\u0301yes', 'R\u00e9yes'],
  ['dashes of a postal code', 'postalCode', '98052\u20136399', '98052-6399'],
  ['dashes of a phone number', 'phoneNumber', '425\u2011555\u22120100', '425-555-0100'],
  ['a full-width postal code', 'postalCode', '１５０\u30fc０００１', '150-0001'],
  ['a full-width number', 'organizationRegistrationNumber', 'ａＢ１２', 'AB12'],
  ['a lower-case postal code', 'postalCode', 'sw1a\u00a01aa', 'SW1A 1AA'],
  ['dashes of a name', 'companyName', 'A \u2013 B', 'A \u2013 B'],
  ['full-width letters of a name', 'companyName', '株式会社ＡＢ', '株式会社ＡＢ'],
])('normalises %s of %s', (_what, field, text, expected) => {
  expect(normaliseText(field, text)).toBe(expected);
});

test.each(['Fran\ufffdois', 'Caf??? Ltd', 'a\u0000b', 'a\u001bb', 'a\ud800b', '\udc00ab'])(
  'refuses %j as damaged',
  (text) => {
    const faults = faultsOf({ ...readExample(), companyName: text, city: text });
    expect(faults.map(({ code, target }) => `${code} ${target}`)).toEqual([
      'DamagedText companyName',
      'DamagedText city',
    ]);
  },
);

test('accepts one or two question marks', () => {
  expect(readWith({ companyName: 'Why?? Ltd' })).toMatchObject({ companyName: 'Why?? Ltd' });
});

const fields = ['companyName', 'firstName', 'city', 'postalCode', 'phoneNumber', 'organizationRegistrationNumber'];
const letters = fc.constantFrom(
  ...Array.from('aZé09?-.ー－１ａ　\u00a0\t\n\r\u200b\u200c\u200d\u00ad\u2060\ufeff\u0301\u094d\u202eクßİı'),
);
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.array(letters, { maxLength: 40 }).map((parts) => parts.join('')),
);

test('normalises idempotently: a second normalisation changes nothing', () => {
  const property = fc.property(fc.constantFrom(...fields), anyText, (field, text) => {
    const once = normaliseText(field, text);
    expect(normaliseText(field, once)).toBe(once);
    expect(once).not.toMatch(/^\s|\s$|\s\s|[\t\r\n\u00ad\u200b\u2060\ufeff\u202a-\u202e]/u);
    expect(once.normalize('NFC')).toBe(once);
    expect(field === 'postalCode' ? once : '').not.toMatch(/[\p{Pd}０-９Ａ-Ｚａ-ｚ](?<!-)/u);
  });
  fc.assert(property, { numRuns: 3000 });
});

test('ignores whitespace and invisible characters around a text', () => {
  const around = fc.array(fc.constantFrom(' ', '\t', '\r\n', '\u00a0', '\u200b', '\u200e', '\ufeff'), { maxLength: 6 });
  const property = fc.property(around, around, around, (before, within, after) => {
    const [left, middle, right] = [before, within, after].map((parts) => parts.join(''));
    const changes = { city: `${left}New ${middle}York${right}`, firstName: `${left}Amelia${right}` };
    expect(fingerprintOf(readWith(changes))).toBe(fingerprintOf(readWith({ city: 'New York', firstName: 'Amelia' })));
  });
  fc.assert(property, { numRuns: 300 });
});

test('refuses every damaged text with that code, and throws no other error', () => {
  const property = fc.property(anyText, (text) => {
    const city = normaliseText('city', text);
    fc.pre(Array.from(text).length <= 100);
    const body = { ...readExample(), city: text };
    // A second fault, so that there is always at least one.
    const targets = faultsOf({ ...body, email: 'x' }).map(({ code, target }) => `${code} ${target}`);
    expect(targets.includes('DamagedText city')).toBe(isDamaged(city));
    expect(targets).toHaveLength(isDamaged(city) ? 2 : 1);
  });
  fc.assert(property, { numRuns: 1000 });
});
