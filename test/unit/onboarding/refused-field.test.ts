import { expect, test } from 'vitest';
import { rejected } from '../../../shared/onboarding/refusal-details.ts';
import { readRefusal } from '../../../shared/partner-center/refusal.ts';

function targetOf(body: object): string | undefined {
  return readRefusal({ text: JSON.stringify(body) }).target;
}

test.each<[target: string, data: unknown]>([
  ['postalCode', ['billingProfile.defaultAddress.postalCode']],
  ['postalCode', ['BillingProfile.DefaultAddress.PostalCode']],
  ['postalCode', ["$.billingProfile.defaultAddress['postalCode']"]],
  ['postalCode', 'postal_code'],
  ['addressLine1', ['billingProfile.defaultAddress.addressLine1']],
  ['domain', ['companyProfile.domain']],
  ['companyName', ['companyProfile.companyName']],
  ['organizationRegistrationNumber', ['companyProfile.organizationRegistrationNumber']],
  ['associatedPartnerId', ['associatedPartnerId']],
  ['state', ['property_name:  StateInvalid - Details', 'details:  \n']],
  ['state', ['StateInvalid']],
  ['postalCode', ['PostalCodeInvalid']],
  ['postalCode', ['MissingPostalCode']],
  ['city', ['CityRequired']],
  ['email', ['email: amelia@example.u']],
  ['email', ['NotificationEmailAddress: amelia@example.u is invalid']],
  ['phoneNumber', ['phoneNumber=+1 425 555 0100']],
  ['country', ['countryCode: US', 'billingProfile.defaultAddress.city']],
  ['domain', ['DomainInvalid']],
  ['culture', ['CultureNotSupported']],
  ['country', ['InvalidCountryCode']],
  ['state', ['StateMismatch']],
  ['state', ['StateInvalid;CityInvalid']],
  ['state', ['State,City']],
  ['postalCode', ['billingProfile.defaultAddress.postalCode is required']],
  ['postalCode', ['The field billingProfile.defaultAddress.postalCode is missing.']],
  ['postalCode', ["Property 'PostalCode' does not match."]],
  ['postalCode', ['postal-code']],
  ['postalCode', ['Postal Code']],
  ['postalCode', ['/billingProfile/defaultAddress/postalCode']],
  ['email', ['Email is not valid']],
  ['firstName', ['ContactFirstName']],
  ['domain', ['PrimaryDomainName']],
  ['addressLine1', ['Address.Street']],
  ['addressLine2', ['address2']],
  ['organizationRegistrationNumber', ['TaxIdInvalid']],
  ['organizationRegistrationNumber', ['companyProfile.vatId']],
])('derives the target %s from %j', (target, data) => {
  expect(targetOf({ code: 27002, description: 'A property has invalid data.', data, source: 'PartnerFD' })).toBe(
    target,
  );
});

test.each<[target: string, body: object]>([
  ['email', { description: 'NotificationEmailAddress: amelia@example.u is invalid' }],
  ['email', { description: 'The contact email is not valid.' }],
  ['state', { description: 'The state is not valid for this country or region.' }],
  ['postalCode', { message: 'PostalCode does not match.', errorName: 'PostalCodeInvalid' }],
  ['state', { description: 'Value "ZZ" of field "state" is not valid.' }],
  ['addressLine1', { description: 'The address line 1 is too long.' }],
  ['postalCode', { description: 'The ZIP is invalid.' }],
  ['organizationRegistrationNumber', { description: 'Invalid tax id.' }],
  ['domain', { description: 'The domain prefix contains characters that are not allowed.' }],
  ['postalCode', { description: 'billingProfile.defaultAddress.postalCode: 9805' }],
])('derives the target %s from %j', (target, body) => {
  expect(targetOf({ code: 2000, ...body })).toBe(target);
});

test.each<[what: string, body: object]>([
  ['a value behind a known name of another kind', { data: ['details: The email of Amelia State'] }],
  ['text of the customer', { data: ['State Street 1, Country Club'], description: 'Amelia City was refused' }],
  ['a name that begins a text of the customer', { data: ['State Street is the address', 'City Hall, Email Lane'] }],
  ['a field that the payload does not have', { data: ['billingProfile.region', 'companyProfile.links', 'region'] }],
  ['names that every object has', { data: ['constructor', '__proto__', 'toString'] }],
  ['two fields in one sentence', { description: 'The email address or the postal code is wrong.' }],
  ['other kinds of values', { data: [{ state: 1 }, 7, null, ['email']] }],
  ['nothing', {}],
  ['no data', { data: null, description: 'A property is not valid.' }],
])('names no field for %s', (_what, body) => {
  expect(targetOf({ code: 3000, ...body })).toBeUndefined();
});

test('reads long texts quickly', () => {
  const data = Array.from({ length: 2000 }, () => 'aA'.repeat(1000));
  const start = performance.now();
  targetOf({ code: 3000, data, description: 'postal '.repeat(100_000) });
  expect(performance.now() - start).toBeLessThan(1000);
});

test('advises for a refused registration number both of a country that requires one and of one that has none', () => {
  const { details = [] } = rejected({ status: 400, code: '600002' }, false).facts;
  expect(details.map(({ target }) => target)).toEqual(['organizationRegistrationNumber']);
  expect(details[0]?.message).toMatch(/requires one, correct it; otherwise/);
});
