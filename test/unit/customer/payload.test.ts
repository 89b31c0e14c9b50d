import { expect, test } from 'vitest';
import locales from '../../../shared/data/locales.json' with { type: 'json' };
import { readExample } from '../../local/read-example.ts';
import { faultsOf, readWith, settingsWith } from './read-with.ts';

const guid = '4b8d7f8e-3b6c-4a0e-9c3b-9a7d1d2f5e60';
const withUser = settingsWith({ PARTNER_AUTH_FLOW: 'app+user' });

/** Field, valid values, invalid values. */
const rules: readonly [string, readonly unknown[], readonly unknown[]][] = [
  [
    'companyName',
    ['AB', 'x'.repeat(255), '3M', 'Größe & Söhne', '東京'],
    [undefined, null, '', '   ', 'A', ' A ', '—!?...', '™ & ®', 'x'.repeat(256), 12, ['AB'], { name: 'AB' }],
  ],
  [
    'domain',
    ['a', 'A1b2', '1234567', 'x'.repeat(27), 'contoso.onmicrosoft.com', 'Contoso.OnMicrosoft.Com', ' contoso '],
    [
      undefined,
      null,
      '',
      42,
      'x'.repeat(28),
      `${'x'.repeat(28)}.onmicrosoft.com`,
      ...'con-toso con_toso contöso a.b contoso.com contoso.onmicrosoft.us .onmicrosoft.com a.onmicrosoft.com.'.split(
        ' ',
      ),
      ...'a.b.onmicrosoft.com a@b ../etc contoso.onmicrosoft.com.evil.example'.split(' '),
      'con toso',
      'x\u0000',
    ],
  ],
  [
    'email',
    [
      'a@example.com',
      'first.last+tag@sub.example.co.uk',
      ' a@example.com ',
      'a@EXAMPLE.COM',
      'a@xn--e1afmkfd.xn--p1ai',
      `${'x'.repeat(64)}@example.com`,
      `a@${`${'x'.repeat(60)}.`.repeat(4)}museum`,
    ],
    [
      'a@example.comm',
      'a@example.local',
      'a@example.xn--p1',
      `${'x'.repeat(65)}@example.com`,
      `a@${`${'x'.repeat(62)}.`.repeat(4)}com`,
      undefined,
      null,
      '',
      'nobody',
      'a@',
      '@example.com',
      'a b@example.com',
      'a@example.com, b@example.com',
      7,
    ],
  ],
  ['firstName', ['A', 'x'.repeat(50), 'Žofie', '😀'.repeat(50)], [undefined, null, '', '  ', 'x'.repeat(51), true]],
  ['lastName', ['A', 'x'.repeat(50)], [undefined, null, '', '\t', 'x'.repeat(51), 1]],
  ['middleName', [null, undefined, '', ' ', 'x'.repeat(50)], ['x'.repeat(51), false]],
  ['phoneNumber', [null, undefined, '', '+1 425 555 0100'], [4_255_550_100, '1'.repeat(41)]],
  ['addressLine1', ['1', 'x'.repeat(200)], [undefined, null, '', ' ', 'x'.repeat(201), 4567]],
  ['addressLine2', [null, undefined, '', 'x'.repeat(200)], ['x'.repeat(201), []]],
  ['city', [null, undefined, '', 'Redmond', 'x'.repeat(100)], [1, 'x'.repeat(101)]],
  ['state', [null, undefined, '', 'WA', 'New South Wales'], [1, 'x'.repeat(101)]],
  ['postalCode', [null, undefined, '', '98052'], [98_052, '1'.repeat(41)]],
  ['country', ['US', 'us', ' gB ', 'UK', 'uk', 'XK'], [undefined, null, '', 'U', 'USA', 'ZZ', 'EU', '1A', 'Ü1', 1]],
  ['culture', [null, undefined, '', 'en-US', 'EN-us', 'sr-latn-rs'], ['en', 'xx-XX', 'en_US', 'english', 1033]],
  ['language', [null, undefined, '', 'en', 'PT'], ['eng', 'pt-PT', 'e', '12', 1]],
  ['organizationRegistrationNumber', [null, undefined, '', 'x'.repeat(200), '12-34/5'], [12_345, 'x'.repeat(201)]],
  ['enableGDAPByDefault', [null, undefined, true, false, '', ' '], ['true', 0, 'yes']],
  ['addressConfirmed', [null, undefined, true, false, ''], ['true', 1]],
  ['associatedPartnerId', [null, undefined, '', guid, guid.toUpperCase()], ['x', `{${guid}}`, guid.slice(1), 5]],
];

const passing = rules.flatMap(([field, values]) => values.map((value) => ({ field, value })));
const failing = rules.flatMap(([field, , values]) => values.map((value) => ({ field, value })));

test.each(passing)('accepts $field $value', ({ field, value }) => {
  expect(() => readWith({ [field]: value }, withUser)).not.toThrow();
});

test.each(failing)('refuses $field $value with one message about that field', ({ field, value }) => {
  const faults = faultsOf({ ...readExample(), [field]: value }, withUser);
  expect(faults.map(({ target }) => target)).toEqual([field]);
  expect(faults[0]?.message).toMatch(/^[A-Z].{10,}\.$/);
});

test('refuses a reseller for the app-only flow before any request is sent', () => {
  const faults = faultsOf({ ...readExample(), associatedPartnerId: guid });
  expect(faults).toMatchObject([{ target: 'associatedPartnerId' }]);
});

test('accepts every documented culture, in any case, and spells it as documented', () => {
  const cultures = new Set(locales.flatMap((locale) => locale.cultures));
  for (const culture of cultures) expect(readWith({ culture: culture.toUpperCase() })).toMatchObject({ culture });
});

test('accepts every documented country', () => {
  for (const { country } of locales) expect(readWith({ country: country.toLowerCase() })).toMatchObject({ country });
});

test.each(['userCredentials', 'companyname', 'Domain', 'region', '__proto__', 'constructor', 'toString', ''])(
  'refuses the unknown field "%s" by name',
  (name) => {
    const body = JSON.parse(JSON.stringify(readExample()).replace('{', `{${JSON.stringify(name)}:"x",`)) as unknown;
    expect(faultsOf(body)).toMatchObject([{ code: 'Unknown', target: name }]);
  },
);

test.each([[null], [[]], [[readExample()]], ['text'], [5], [true]])('refuses %j, which is not an object', (body) => {
  expect(faultsOf(body)).toEqual([{ code: 'Invalid', target: 'body', message: 'Send one flat JSON object.' }]);
});

test('reports the faults of all fields together', () => {
  const fields = rules.map(([field]) => field).filter((field) => field !== 'associatedPartnerId');
  const body = Object.fromEntries(fields.map((field) => [field, []]));
  const faults = faultsOf({ ...body, surprise: 1 });
  expect(new Set(faults.map(({ target }) => target))).toEqual(new Set([...fields, 'surprise']));
  const data = { ...readExample(), domain: 'a.example', country: 'ZZ', culture: 'zz-ZZ', associatedPartnerId: guid };
  const targets = faultsOf({ ...data, email: 'x' }).map(({ target }) => target);
  expect(new Set(targets)).toEqual(new Set(['associatedPartnerId', 'country', 'culture', 'domain', 'email']));
});

test('names what is missing in an empty object', () => {
  const required = ['companyName', 'domain', 'email', 'firstName', 'lastName', 'addressLine1', 'country'];
  expect(faultsOf({})).toEqual(
    required.map((target) => ({ code: 'Required', target, message: 'Add this field: it is required.' })),
  );
});
