import { culturesOf } from '../data/locales.ts';
import type { CountryRules } from '../partner-center/read-country-rules.ts';
import type { Settings } from '../settings/settings.ts';
import type { Enrichment } from './customer-body.ts';
import type { CustomerPayload } from './payload.ts';

type Defaults = Pick<Settings, 'defaultCulture' | 'defaultLanguage' | 'enableGdapByDefault'>;

/** Fills in what the payload leaves out: culture, language, GDAP (README, "Settings"). */
export function enrich(payload: CustomerPayload, rules: CountryRules | undefined, defaults: Defaults): Enrichment {
  const culture = payload.culture ?? defaultCulture(payload.country, rules, defaults);
  return {
    culture,
    language: payload.language ?? defaults.defaultLanguage ?? (culture.split('-')[0] ?? culture).toLowerCase(),
    enableGDAPByDefault: payload.enableGDAPByDefault ?? defaults.enableGdapByDefault ?? true,
  };
}

function defaultCulture(country: string, rules: CountryRules | undefined, defaults: Defaults): string {
  const documented = culturesOf(country);
  const wanted = defaults.defaultCulture?.toLowerCase();
  const found = (rules?.supportedCultures ?? documented).find((culture) => culture.toLowerCase() === wanted);
  const ruled = rules?.defaultCulture;
  const wellFormed = ruled !== undefined && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(ruled) ? ruled : undefined;
  return found ?? wellFormed ?? documented[0] ?? 'en-US';
}
