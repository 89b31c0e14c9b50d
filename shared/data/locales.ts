import locales from './locales.json' with { type: 'json' };

const culturesByCountry = new Map(locales.map(({ country, cultures }) => [country, cultures]));
const cultures = new Map(
  locales.flatMap((locale) => locale.cultures.map((culture) => [culture.toLowerCase(), culture])),
);

/** ISO 3166-1 countries for which Partner Center documents no cultures; they are spelled correctly all the same. */
const undocumentedCountries = new Set(['CU', 'EH', 'IR', 'KP', 'SD', 'SY']);

/** The cultures that Partner Center documents for a country, the usual one first; empty for a country it does not list. */
export function culturesOf(country: string): readonly string[] {
  return culturesByCountry.get(country) ?? [];
}

/** Whether an upper-case code is a country of ISO 3166-1 or one that Partner Center lists besides. */
export function isCountry(code: string): boolean {
  return culturesByCountry.has(code) || undocumentedCountries.has(code);
}

/** A documented culture in its usual spelling, whatever the case it is written in. */
export function findCulture(text: string): string | undefined {
  return cultures.get(text.toLowerCase());
}

/** Every country that Partner Center documents. */
export const documentedCountries: readonly string[] = [...culturesByCountry.keys()];
