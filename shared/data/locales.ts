import locales from './locales.json' with { type: 'json' };

/** Built at the first use, which is no part of the start of the app. */
let indexed: { byCountry: ReadonlyMap<string, readonly string[]>; spelling: ReadonlyMap<string, string> } | undefined;

function index(): NonNullable<typeof indexed> {
  indexed ??= {
    byCountry: new Map(locales.map(({ country, cultures }) => [country, cultures])),
    spelling: new Map(locales.flatMap(({ cultures }) => cultures.map((culture) => [culture.toLowerCase(), culture]))),
  };
  return indexed;
}

/** ISO 3166-1 countries for which Partner Center documents no cultures; they are spelled correctly all the same. */
const undocumentedCountries = new Set(['CU', 'EH', 'IR', 'KP', 'SD', 'SY']);

/** The cultures that Partner Center documents for a country, the usual one first; empty for a country it does not list. */
export function culturesOf(country: string): readonly string[] {
  return index().byCountry.get(country) ?? [];
}

/** Whether an upper-case code is a country of ISO 3166-1 or one that Partner Center lists besides. */
export function isCountry(code: string): boolean {
  return index().byCountry.has(code) || undocumentedCountries.has(code);
}

/** A documented culture in its usual spelling, whatever the case it is written in. */
export function findCulture(text: string): string | undefined {
  return index().spelling.get(text.toLowerCase());
}

/** Every country that Partner Center documents. */
export function documentedCountries(): readonly string[] {
  return [...index().byCountry.keys()];
}
