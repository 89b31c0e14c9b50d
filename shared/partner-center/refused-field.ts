/** Names under which Partner Center speaks of a field of the payload, without case, blanks and signs; only these ever become a target. */
const names: Readonly<Record<string, string>> = {
  address1: 'addressLine1',
  address2: 'addressLine2',
  addressline1: 'addressLine1',
  addressline2: 'addressLine2',
  associatedpartnerid: 'associatedPartnerId',
  city: 'city',
  companyname: 'companyName',
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
  organizationregistrationnumber: 'organizationRegistrationNumber',
  phone: 'phoneNumber',
  phonenumber: 'phoneNumber',
  postalcode: 'postalCode',
  postcode: 'postalCode',
  province: 'state',
  registrationnumber: 'organizationRegistrationNumber',
  state: 'state',
  stateorprovince: 'state',
  street: 'addressLine1',
  streetaddress: 'addressLine1',
  taxid: 'organizationRegistrationNumber',
  taxidnumber: 'organizationRegistrationNumber',
  taxregistrationnumber: 'organizationRegistrationNumber',
  vatid: 'organizationRegistrationNumber',
  vatnumber: 'organizationRegistrationNumber',
  zip: 'postalCode',
  zipcode: 'postalCode',
};

/** What stands after the name of a field in the name of an error: `StateInvalid`, `CultureNotSupported`. */
const verdicts =
  /(?:is|not|does|has)*(?:invalid|valid|missing|required|incorrect|unsupported|supported|allowed|empty|mismatch|match|unknown|toolong|tooshort)$/;
/** What stands before it: `MissingPostalCode`, `ContactFirstName`. */
const leading =
  /^(?:(?:invalid|missing|required|incorrect|unsupported|unknown|empty)|(?:contact|notification|primary|customer|billing))+/;
/** Labels before the name itself: `property_name: StateInvalid - Details`. */
const label = /^\s*["']?(?:property[ _]?(?:name|path)?|field(?:[ _]?name)?|name|parameter|path|target)["']?\s*[:=]\s*/i;
/** Of a sentence, only words that mean nothing else, or that are said to be wrong. */
const inSentence =
  /\b(?:(e-?mail(?: address)?|postal code|zip(?: code)?|phone number|(?:registration|tax|vat) (?:number|id)|first name|last name|company name|address line [12])|(state|city|country|culture|language|domain)(?= (?:is|must|cannot|has|contains|prefix|field|property|value|parameter)\b))/gi;
const named = /\b(?:field|property|parameter)\s+["']?([\w.$]+)/gi;
const identifier = /\b[a-z]+(?:[A-Z][a-z]*)+\d?\b|\b[A-Z][a-z]+(?:[A-Z][a-z]*)+\d?\b/g;
/** A sentence about one field: its name, then what is wrong with it. */
const verdictOn =
  /^\s*(?:the )?(?:(?:field|property|parameter)\s+)?(["']?[\w.$[\]'/#-]+["']?) (?:(?:is|was|does|has)\b.*?\b(?:not|no|invalid|missing|required|incorrect|wrong|empty|too)\b|(?:must|cannot)\b)/i;

/**
 * The field of the payload that a refusal is about: the first that its `data` names, else the only one in its sentences. The texts
 * themselves may hold customer data and go no further.
 */
export function findRefusedField(data: readonly string[], sentences: readonly string[]): string | undefined {
  const [first] = data.flatMap(readItem);
  const spoken = new Set(sentences.flatMap(readSentence));
  return first ?? (spoken.size === 1 ? [...spoken][0] : undefined);
}

/** An item of `data` is a path, a name, a name and a value, or a sentence; what stands behind a colon may be the customer's. */
function readItem(item: string): string[] {
  const [head = ''] = item.replace(label, '').split(/[:=,;]|\s-\s/);
  if (!/\s/.test(head.trim())) return readName(head);
  const whole = toField(head.trim());
  return whole === undefined ? readName(verdictOn.exec(head)?.[1] ?? '') : [whole];
}

/** The last part of a path that is a field: `$.billingProfile.defaultAddress['postalCode']`. */
function readName(path: string): string[] {
  const parts = path.split(/[^A-Za-z0-9_-]+/).filter((part) => part !== '');
  const found = parts.map(toField).filter((field) => field !== undefined);
  return found.slice(-1);
}

function readSentence(text: string): string[] {
  const words = [...text.matchAll(inSentence), ...text.matchAll(identifier)].map(([word]) => toField(word));
  const paths = [...text.matchAll(named)].flatMap(([, path = '']) => readName(path));
  return [...words, ...paths].filter((field) => field !== undefined);
}

function toField(name: string): string | undefined {
  const plain = name.toLowerCase().replaceAll(/[\s_-]/g, '');
  const bare = [plain, plain.replace(verdicts, ''), plain.replace(leading, '')];
  const key = [...bare, bare[1]?.replace(leading, '') ?? ''].find((one) => Object.hasOwn(names, one));
  return key === undefined ? undefined : names[key];
}
