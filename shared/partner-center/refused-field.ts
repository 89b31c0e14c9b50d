/** Names under which Partner Center speaks of a field of the payload, without case, blanks and signs; only these ever become a target. */
const names: Readonly<Record<string, string>> = {
  addressline1: 'addressLine1',
  addressline2: 'addressLine2',
  associatedpartnerid: 'associatedPartnerId',
  city: 'city',
  companyname: 'companyName',
  contactemail: 'email',
  country: 'country',
  countrycode: 'country',
  culture: 'culture',
  domain: 'domain',
  domainname: 'domain',
  domainprefix: 'domain',
  email: 'email',
  emailaddress: 'email',
  enablegdapbydefault: 'enableGDAPByDefault',
  firstname: 'firstName',
  language: 'language',
  lastname: 'lastName',
  middlename: 'middleName',
  notificationemail: 'email',
  notificationemailaddress: 'email',
  organizationregistrationnumber: 'organizationRegistrationNumber',
  phone: 'phoneNumber',
  phonenumber: 'phoneNumber',
  postalcode: 'postalCode',
  postcode: 'postalCode',
  province: 'state',
  registrationnumber: 'organizationRegistrationNumber',
  state: 'state',
  stateorprovince: 'state',
  zip: 'postalCode',
  zipcode: 'postalCode',
};

/** What stands before or after the name of a field in the name of an error: `StateInvalid`, `MissingPostalCode`. */
const verdicts = /(?:is|not|in)?(?:invalid|valid|missing|required|incorrect|unsupported|empty|toolong|tooshort)$/;
const leadingVerdicts = /^(?:invalid|missing|required|unsupported|empty)/;
/** Labels before the name itself: `property_name: StateInvalid - Details`. */
const label = /^\s*["']?(?:property[ _]?(?:name|path)?|field(?:[ _]?name)?|name|parameter|path|target)["']?\s*[:=]\s*/i;
/** Of a sentence, only words that mean nothing else, or that are said to be wrong. */
const inSentence =
  /\b(?:(e-?mail(?: address)?|postal code|zip code|phone number|registration number|first name|last name|company name)|(state|city|country|culture|language|domain)(?= (?:is|must|cannot|has|field|property|value|parameter)\b))/gi;
const identifier = /\b[a-z]+(?:[A-Z][a-z]*)+\d?\b|\b[A-Z][a-z]+(?:[A-Z][a-z]*)+\d?\b/g;

/**
 * The field of the payload that a refusal is about: the first that its `data` names, else the only one in its sentences. The texts
 * themselves may hold customer data and go no further.
 */
export function findRefusedField(data: readonly string[], sentences: readonly string[]): string | undefined {
  const [named] = data.flatMap(readItem);
  const spoken = new Set(sentences.flatMap(readSentence));
  return named ?? (spoken.size === 1 ? [...spoken][0] : undefined);
}

/** An item of `data` is a path, a name, or a name and a value; what stands behind a colon may be the customer's. */
function readItem(item: string): string[] {
  const [head = ''] = item.replace(label, '').split(/[:=]|\s-\s/);
  return /\s/.test(head.trim()) ? [] : readName(head);
}

/** The last part of a path that is a field: `$.billingProfile.defaultAddress['postalCode']`. */
function readName(path: string): string[] {
  const parts = path.split(/[^A-Za-z0-9_]+/).filter((part) => part !== '');
  const found = parts.map(toField).filter((field) => field !== undefined);
  return found.slice(-1);
}

function readSentence(text: string): string[] {
  const words = [...text.matchAll(inSentence)].map(([word]) => toField(word));
  const identifiers = [...text.matchAll(identifier)].map(([word]) => toField(word));
  return [...words, ...identifiers].filter((field) => field !== undefined);
}

function toField(name: string): string | undefined {
  const plain = name.toLowerCase().replaceAll(/[\s_-]/g, '');
  const bare = [plain, plain.replace(verdicts, ''), plain.replace(leadingVerdicts, '')];
  const key = bare.find((one) => Object.hasOwn(names, one));
  return key === undefined ? undefined : names[key];
}
