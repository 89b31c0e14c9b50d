import { expect, test } from 'vitest';
import { buildCustomerBody, deriveRequestId } from '../../../shared/customer/request-body.ts';
import { fingerprintOf } from '../../../shared/customer/fingerprint.ts';
import { readWith, settingsWith } from './read-with.ts';

const withUser = settingsWith({ PARTNER_AUTH_FLOW: 'app+user' });
const reseller = '4b8d7f8e-3b6c-4a0e-9c3b-9a7d1d2f5e60';

test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
  ['blanks around texts', { companyName: '  Contoso\t' }, { companyName: 'Contoso' }],
  ['the case of the domain', { domain: 'ConTOSO' }, { domain: 'contoso' }],
  ['a prefix and the full domain', { domain: 'contoso.ONMICROSOFT.com' }, { domain: 'contoso' }],
  ['the case of the country', { country: 'us' }, { country: 'US' }],
  ['UK and GB', { country: 'uk' }, { country: 'GB' }],
  ['the case of the culture', { culture: 'EN-us' }, { culture: 'en-US' }],
  ['the case of the language', { language: 'EN' }, { language: 'en' }],
  ['the case of the reseller', { associatedPartnerId: reseller.toUpperCase() }, { associatedPartnerId: reseller }],
  ['two ways of writing an accent', { lastName: 'Re\u0301yes' }, { lastName: 'R\u00e9yes' }],
  ['runs of white space', { addressLine1: '4567 \r\n Main\u00a0\u3000Street' }, {}],
  ['the case of the state', { state: 'new south wales' }, { state: 'New South Wales' }],
  ['Turkish letters i', { state: 'd\u0131yarbakir' }, { state: 'D\u0130YARBAK\u0130R' }],
  ['an address that is confirmed', { addressConfirmed: true }, {}],
  ['null and none', { enableGDAPByDefault: null, middleName: null }, {}],
  ['an empty optional field and none', { middleName: ' ', addressLine2: '' }, { addressLine2: undefined }],
  ['the order of the fields', { lastName: undefined, firstName: undefined }, {}],
])('treats %s as the same payload', (_what, left, right) => {
  const both = [left, right].map((changes) => fingerprintOf(readWith({ ...changes, ...reordered(changes) }, withUser)));
  expect(both[0]).toBe(both[1]);
});

/** The same names again, at the end of the object. */
function reordered(changes: Record<string, unknown>): Record<string, unknown> {
  return 'firstName' in changes ? { firstName: 'Amelia', lastName: 'Reyes' } : {};
}

test.each<[string, Record<string, unknown>]>([
  ['the case of a name', { lastName: 'REYES' }],
  ['the case of the email', { email: 'Amelia.Reyes@example.com' }],
  ['a default that is written out', { enableGDAPByDefault: true }],
  ['a culture that is written out', { culture: 'en-US' }],
  ['a language that is written out', { language: 'en' }],
  ['another domain', { domain: 'contosotea' }],
  ['a field that is left out', { addressLine2: undefined }],
  ['values that change places', { firstName: 'Reyes', lastName: 'Amelia' }],
])('treats %s as another payload', (_what, changes) => {
  expect(fingerprintOf(readWith(changes))).not.toBe(fingerprintOf(readWith()));
});

test('normalises a payload', () => {
  expect(
    readWith({ domain: ' ConTOSO ', country: 'uk', culture: 'EN-gb', language: 'EN', city: ' ', state: undefined }),
  ).toEqual({
    companyName: 'Contoso Coffee Roasters LLC',
    domain: 'contoso.onmicrosoft.com',
    email: 'amelia.reyes@example.com',
    firstName: 'Amelia',
    lastName: 'Reyes',
    phoneNumber: '4255550100',
    addressLine1: '4567 Main Street',
    addressLine2: 'Suite 200',
    postalCode: '98052',
    country: 'GB',
    culture: 'en-GB',
    language: 'en',
  });
});

test.each([
  ['china', '.partner.onmschina.cn'],
  ['usgov', '.onmicrosoft.us'],
])('adds the suffix of the cloud %s', (cloud, suffix) => {
  expect(readWith({ domain: 'contoso' }, settingsWith({ PARTNER_CLOUD: cloud })).domain).toBe(`contoso${suffix}`);
});

test('adds a configured suffix, with or without the leading dot', () => {
  for (const suffix of ['.ccsctp.net', 'CCSCTP.net'])
    expect(readWith({ domain: 'a' }, settingsWith({ CUSTOMER_DOMAIN_SUFFIX: suffix })).domain).toBe('a.ccsctp.net');
});

const enrichment = { culture: 'en-US', language: 'en', enableGDAPByDefault: true };

test('keeps fingerprint, body and request id from release to release, so that open onboardings can be resumed', () => {
  const payload = readWith();
  const body = buildCustomerBody(payload, enrichment);
  expect(fingerprintOf(payload)).toBe('1:ef5016841ab02c51273a6616ead2340a5e61c4234a63d0affa36e037bc7ca101');
  expect(body).toBe(
    [
      '{"enableGDAPByDefault":true,"companyProfile":{"domain":"contosocoffee.onmicrosoft.com","companyName"',
      ':"Contoso Coffee Roasters LLC"},"billingProfile":{"email":"amelia.reyes@example.com","culture":"en-U',
      'S","language":"en","companyName":"Contoso Coffee Roasters LLC","firstName":"Amelia","lastName":"Reye',
      's","defaultAddress":{"addressLine1":"4567 Main Street","addressLine2":"Suite 200","city":"Redmond","',
      'state":"WA","postalCode":"98052","country":"US","firstName":"Amelia","lastName":"Reyes","phoneNumber',
      '":"4255550100"}}}',
    ].join(''),
  );
  expect(deriveRequestId(payload.domain, body, 1)).toBe('ede22ca3-1713-5871-9da9-cec8f8d80bc9');
});

test('derives different request ids for different domains, bodies or attempts, and equal ids for equal ones', () => {
  const ids = [
    deriveRequestId('a.onmicrosoft.com', '{}', 1),
    deriveRequestId('a.onmicrosoft.com', '{}', 2),
    deriveRequestId('b.onmicrosoft.com', '{}', 1),
    deriveRequestId('a.onmicrosoft.com', '{"a":1}', 1),
  ];
  expect(new Set(ids).size).toBe(4);
  expect(deriveRequestId('a.onmicrosoft.com', '{}', 1)).toBe(ids[0]);
});

test('writes two-letter states in upper case and leaves longer ones alone', () => {
  const stateOf = (state: string): unknown =>
    (JSON.parse(buildCustomerBody(readWith({ state }), enrichment)) as { billingProfile: { defaultAddress: unknown } })
      .billingProfile.defaultAddress;
  expect(stateOf('wa')).toMatchObject({ state: 'WA' });
  expect(stateOf('New South Wales')).toMatchObject({ state: 'New South Wales' });
});

test('writes the state as the rules spell it, and omits addressConfirmed', () => {
  const payload = readWith({ state: 'new south wales', addressConfirmed: true });
  const body = buildCustomerBody(payload, { ...enrichment, state: 'New South Wales' });
  expect(body).toBe(buildCustomerBody(readWith({ state: 'New South Wales' }), enrichment));
});
