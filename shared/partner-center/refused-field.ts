/** Partner Center's names for payload fields, in lower case without spaces and punctuation. Only these can become a target. */
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

/** Suffixes of a field name in an error name: `StateInvalid`, `CultureNotSupported`. */
const verdicts =
  /(?:is|not|does|has)*(?:invalid|valid|missing|required|incorrect|unsupported|supported|allowed|empty|mismatch|match|unknown|toolong|tooshort)$/;
/** Prefixes of a field name: `MissingPostalCode`, `ContactFirstName`. */
const leading =
  /^(?:(?:invalid|missing|required|incorrect|unsupported|unknown|empty)|(?:contact|notification|primary|customer|billing))+/;
/** Labels before a field name: `property_name: StateInvalid - Details`. */
const label = /^\s*["']?(?:property[ _]?(?:name|path)?|field(?:[ _]?name)?|name|parameter|path|target)["']?\s*[:=]\s*/i;
/** In a sentence, a field name counts only if it has no other meaning, or if a word such as "is" or "field" follows it. */
const inSentence =
  /\b(?:(e-?mail(?: address)?|postal code|zip(?: code)?|phone number|(?:registration|tax|vat) (?:number|id)|first name|last name|company name|address line [12])|(state|city|country|culture|language|domain)(?= (?:is|must|cannot|has|contains|prefix|field|property|value|parameter)\b))/gi;
const named = /\b(?:field|property|parameter)\s+["']?([\w.$]+)/gi;
const identifier = /\b[a-z]+(?:[A-Z][a-z]*)+\d?\b|\b[A-Z][a-z]+(?:[A-Z][a-z]*)+\d?\b/g;
/** A sentence that starts with a field name and says what is wrong with it. */
const verdictOn =
  /^\s*(?:the )?(?:(?:field|property|parameter)\s+)?(["']?[\w.$[\]'/#-]+["']?) (?:(?:is|was|does|has)\b.*?\b(?:not|no|invalid|missing|required|incorrect|wrong|empty|too)\b|(?:must|cannot)\b)/i;

/**
 * The payload field that was refused: the first one named in `data`, otherwise the only one named in the sentences. The texts are
 * discarded: they may contain customer data.
 */
export function findRefusedField(data: readonly string[], sentences: readonly string[]): string | undefined {
  const [first] = data.flatMap(readItem);
  const spoken = new Set(sentences.flatMap(readSentence));
  return first ?? (spoken.size === 1 ? [...spoken][0] : undefined);
}

/** An item of `data` is a path, a name, a name with a value, or a sentence. The part after a colon may be customer data and is ignored. */
function readItem(item: string): string[] {
  const [head = ''] = item.replace(label, '').split(/[:=,;]|\s-\s/);
  if (!/\s/.test(head.trim())) return readName(head);
  const whole = toField(head.trim());
  return whole === undefined ? readName(verdictOn.exec(head)?.[1] ?? '') : [whole];
}

/** The last segment of a path that is a known field: `$.billingProfile.defaultAddress['postalCode']`. */
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
