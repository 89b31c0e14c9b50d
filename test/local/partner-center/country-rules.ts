import locales from '../../../shared/data/locales.json' with { type: 'json' };
import { addressFormats } from './address-formats.ts';
import { countryStates } from './country-states.ts';
import { demandsPhone, registrationFormat } from './registration-formats.ts';

/** The answer of `GET /v1/countryvalidationrules/{country}`, flat as on the newest page. Any field may be missing. */
export interface CountryRules {
  readonly iso2Code: string;
  readonly defaultCulture: string;
  readonly isStateRequired: boolean;
  readonly supportedStatesList: readonly string[];
  readonly supportedLanguagesList: readonly string[];
  readonly supportedCulturesList: readonly string[];
  readonly isPostalCodeRequired: boolean;
  readonly isCityRequired: boolean;
  readonly postalCodeRegex?: string;
  readonly phoneNumberRegex?: string;
  readonly customerOrganizationRegistrationNumberRequired: boolean;
  readonly customerOrganizationRegistrationNumberRegex?: string;
}

const culturesByCountry = new Map(locales.map(({ country, cultures }) => [country, cultures]));
const cultureSpelling = new Map(locales.flatMap(({ cultures }) => cultures.map((name) => [name.toLowerCase(), name])));
const built = new Map<string, { rules: CountryRules; text: string }>();

/** The rules of a country, upper case, and their JSON; undefined for an unlisted country. */
export function findCountryRules(country: string): { rules: CountryRules; text: string } | undefined {
  const known = built.get(country);
  const cultures = culturesByCountry.get(country);
  if (known || !cultures) return known;
  const rules = buildRules(country, cultures);
  const entry = { rules, text: JSON.stringify(rules) };
  built.set(country, entry);
  return entry;
}

/** A culture in the service's spelling, whatever case it was sent in. */
export function spellCulture(culture: string): string | undefined {
  return cultureSpelling.get(culture.toLowerCase());
}

function buildRules(country: string, cultures: readonly string[]): CountryRules {
  const format = addressFormats[country];
  const registration = registrationFormat(country);
  return {
    iso2Code: country,
    defaultCulture: cultures[0] ?? 'en-US',
    isStateRequired: format?.stateRequired ?? false,
    supportedStatesList: countryStates[country] ?? [],
    supportedLanguagesList: listLanguages(country, cultures),
    supportedCulturesList: cultures,
    isPostalCodeRequired: format?.postalCodeRequired ?? format?.postalCodeRegex !== undefined,
    ...(format?.postalCodeRegex && { postalCodeRegex: format.postalCodeRegex }),
    isCityRequired: format?.cityRequired ?? true,
    ...(format?.phoneNumberRegex && { phoneNumberRegex: format.phoneNumberRegex }),
    ...taxRules(country),
    countryCallingCodesList: format ? [format.callingCode] : [],
    customerOrganizationRegistrationNumberRequired: registration !== undefined,
    ...(registration && {
      customerOrganizationRegistrationNumberRegex: registration.regex,
      customerOrganizationRegistrationNumberSample: registration.sample,
    }),
    customerOrganizationPhoneNumberRequired: demandsPhone(country),
    attributes: { objectType: 'CountryInformation' },
  } as CountryRules;
}

/** Two letters, or the whole culture if the language is spelled differently elsewhere: PT lists `en` and `pt-PT`. */
function listLanguages(country: string, cultures: readonly string[]): readonly string[] {
  if (country === 'US') return ['en', 'es'];
  const languages = cultures.map((culture) => (/^(pt|zh|sr)-/.test(culture) ? culture : culture.slice(0, 2)));
  return [...new Set(languages)].sort();
}

function taxRules(country: string): object {
  const european = ['AT', 'BE', 'DE', 'DK', 'ES', 'FI', 'FR', 'GB', 'HU', 'IE', 'IT', 'NL', 'PL', 'PT', 'SE'];
  if (!european.includes(country)) return { isVatIdSupported: false, isTaxIdSupported: false, isTaxIdOptional: true };
  return {
    isVatIdSupported: true,
    vatIdRegex: `^(${country})?[0-9A-Za-z]{8,12}$`,
    isTaxIdSupported: false,
    isTaxIdOptional: true,
    taxIdFormat: '',
    taxIdSample: '',
  };
}
