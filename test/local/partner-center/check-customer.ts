import type { Context } from './context.ts';
import { findCountryRules, spellCulture, type CountryRules } from './country-rules.ts';
import { isGuid } from './guid.ts';
import { textAt, valueAt, type JsonObject } from './read-body.ts';
import { demandsPhone, registrationFormat } from './registration-formats.ts';
import { isReply, refuse, type Reply } from './reply.ts';
import type { Address, CustomerDraft } from './tenant.ts';
import { findAddressStatus } from './validate-address.ts';

const address = 'billingProfile.defaultAddress';
const registration = 'companyProfile.organizationRegistrationNumber';
const alwaysRequired = [
  'companyProfile.domain',
  ...['email', 'culture', 'language', 'companyName'].map((name) => `billingProfile.${name}`),
  ...['addressLine1', 'country', 'firstName', 'lastName'].map((name) => `${address}.${name}`),
];

/** The draft of a customer that is complete and meets its country's rules, or the refusal. */
export function checkCustomer(body: JsonObject, context: Context): CustomerDraft | Reply {
  const rules = findCountryRules(textAt(body, `${address}.country`) ?? '')?.rules;
  const required = [...alwaysRequired, ...requiredByCountry(rules)];
  const missing = required.filter((path) => textAt(body, path) === undefined);
  if (missing.length > 0) return refuse(400, 2001, 'Customer details are missing.', missing);
  if (!rules) return refuse(400, 3000, 'The country is not valid.', [`${address}.country`]);
  if (valueAt(body, 'userCredentials.password') !== undefined) {
    return refuse(400, 3000, 'A password is not accepted.', ['userCredentials.password']);
  }
  const draft = readDraft(body);
  return isReply(draft) ? draft : (checkByCountry(draft, rules, context) ?? draft);
}

function requiredByCountry(rules: CountryRules | undefined): string[] {
  return [
    ...(rules?.isCityRequired ? [`${address}.city`] : []),
    ...(rules?.isStateRequired ? [`${address}.state`] : []),
    ...(rules?.isPostalCodeRequired ? [`${address}.postalCode`] : []),
  ];
}

function readDraft(body: JsonObject): CustomerDraft | Reply {
  const gdap = valueAt(body, 'enableGDAPByDefault');
  if (gdap !== undefined && typeof gdap !== 'boolean') {
    return refuse(400, 2000, 'A boolean is expected.', ['enableGDAPByDefault']);
  }
  const reseller = textAt(body, 'associatedPartnerId');
  if (reseller && !isGuid(reseller)) return refuse(400, 2000, 'A GUID is expected.', ['associatedPartnerId']);
  const culture = spellCulture(textAt(body, 'billingProfile.culture') ?? '');
  if (!culture) return refuse(400, 3000, 'The culture is not supported.', ['billingProfile.culture']);
  return {
    domain: textAt(body, 'companyProfile.domain') ?? '',
    companyName: textAt(body, 'billingProfile.companyName') ?? '',
    profileName: textAt(body, 'companyProfile.companyName'),
    registrationNumber: textAt(body, registration),
    firstName: textAt(body, 'billingProfile.firstName'),
    lastName: textAt(body, 'billingProfile.lastName'),
    email: textAt(body, 'billingProfile.email') ?? '',
    culture,
    language: textAt(body, 'billingProfile.language') ?? '',
    address: valueAt(body, address) as Address,
    enableGDAPByDefault: gdap,
    associatedPartnerId: reseller,
  };
}

function checkByCountry(draft: CustomerDraft, rules: CountryRules, { knobs }: Context): Reply | undefined {
  const { iso2Code } = rules;
  const { state, postalCode, region, phoneNumber } = draft.address;
  const format = registrationFormat(iso2Code);
  if (knobs.forbiddenCountries.includes(iso2Code)) {
    return refuse(403, 2030, 'The partner is not onboarded in the country of the customer.');
  }
  if (format && !draft.registrationNumber) {
    return refuse(400, 600049, 'The organization registration number is missing.', [registration]);
  }
  if (format && !new RegExp(format.regex).test(draft.registrationNumber ?? '')) {
    return refuse(400, 600050, `The organization registration number must match ${format.regex}`, [registration]);
  }
  if (!format && draft.registrationNumber && knobs.refuseUnwantedRegistration) {
    return refuse(400, 600002, 'The organization registration number is not supported.', [registration]);
  }
  if (demandsPhone(iso2Code) && !phoneNumber) {
    return refuse(400, 600051, 'The phone number is missing.', [`${address}.phoneNumber`]);
  }
  const listed = rules.supportedStatesList.length === 0 || !state || rules.supportedStatesList.includes(state);
  if (!listed || (iso2Code === 'US' && region)) return refuse(400, 27002, 'Property state is invalid.', ['state']);
  if (postalCode && !fits(postalCode, rules.postalCodeRegex)) {
    return refuse(400, 27002, 'Property postalCode is invalid.', ['postalCode']);
  }
  if (knobs.refusedAddressStatuses.includes(findAddressStatus(draft.address) ?? knobs.addressStatus)) {
    return refuse(400, 27002, 'The address is not valid.', ['defaultAddress']);
  }
  return undefined;
}

/** .NET-only patterns are not checked. */
function fits(text: string, pattern: string | undefined): boolean {
  try {
    return pattern === undefined || new RegExp(pattern).test(text);
  } catch {
    return true;
  }
}
