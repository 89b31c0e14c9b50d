import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Instance } from '../local/instance.ts';
import { readExample } from '../local/read-example.ts';
import type { Stack } from '../local/stack.ts';
import { detailsOf, post, startApp } from './rig.ts';

let stack: Stack;
let app: Instance;
beforeAll(async () => void ([stack, app] = await startApp()));
afterAll(() => stack.close());

const clean = {
  ...readExample(),
  addressLine2: 'Caf\u00e9 No. 5',
  organizationRegistrationNumber: 'AB-12 34',
  postalCode: '98052-6399',
};
const blank = fc.constantFrom(' ', '\t', '\r\n', '\u00a0', '\u2003', '\u3000', '\u2028', '\u0085');
const unseen = fc.constantFrom('', '\u200b', '\u2060', '\u00ad', '\ufeff', '\u200e', '\u202e', '\u2067', '\u061c');
const codes = new Set(['postalCode', 'phoneNumber', 'organizationRegistrationNumber']);
const dash = fc.constantFrom('-', '\u2010', '\u2011', '\u2013', '\u2014', '\u2212', '\uff0d');

/** The same text in other forms: other spaces and dashes, full-width or lower-case letters in codes, invisible characters. */
function written(name: string, text: string): fc.Arbitrary<string> {
  const signs = Array.from(text, (sign): fc.Arbitrary<string> => {
    if (sign === ' ') return fc.array(blank, { minLength: 1, maxLength: 3 }).map((all) => all.join(''));
    if (!codes.has(name)) return fc.constantFrom(sign.normalize('NFC'), sign.normalize('NFD'));
    if (sign === '-') return dash;
    return fc.constantFrom(sign, sign.toLowerCase(), String.fromCodePoint(sign.codePointAt(0)! + 0xfee0));
  });
  const around = fc.array(fc.oneof(blank, unseen), { maxLength: 2 }).map((all) => all.join(''));
  const within = signs.flatMap((sign) => [sign, unseen]);
  return fc.tuple(around, ...within, around).map((parts) => parts.join(''));
}

const texts = Object.entries(clean).filter(([name]) => !['domain', 'email', 'country', 'culture'].includes(name));
const sentCustomer = fc.record(Object.fromEntries(texts.map(([name, text]) => [name, written(name, text)])));
const nothing = fc.constantFrom(null, '', ' ', '\u200b', undefined);
const empty = fc.record({ middleName: nothing, culture: nothing, language: nothing, enableGDAPByDefault: nothing });
const asChecked = { ...clean, domain: 'contosocoffee.onmicrosoft.com' };
const damage = fc.constantFrom('\ufffd', '???', '\u0000', '\u001b', '\u009f', '\ud800', '\udfff');

test('treats every spelling of a customer as the same payload, and names each damaged text', async () => {
  const property = fc.asyncProperty(sentCustomer, empty, damage, async (sent, left, lost) => {
    const path = '/v1/customers/validate';
    const valid = await post(app, { ...clean, ...left, ...sent }, {}, path);
    expect([valid.status, valid.body['customer']]).toEqual([200, expect.objectContaining(asChecked)]);
    const damaged = Object.fromEntries(Object.entries(sent).map(([name, text]) => [name, `${text}${lost}x`]));
    const refused = await post(app, { ...clean, ...damaged }, {}, path);
    expect(detailsOf(refused).sort()).toEqual(
      Object.keys(sent)
        .map((name) => `DamagedText ${name}`)
        .sort(),
    );
  });
  await fc.assert(property, { numRuns: 60 });
}, 20_000);
