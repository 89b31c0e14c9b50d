import { culturesOf } from '../data/locales.ts';
import type { CountryRules } from '../partner-center/read-country-rules.ts';
import type { Settings } from '../settings/settings.ts';
import type { Enrichment } from './request-body.ts';
import type { CustomerPayload } from './payload.ts';
import { findState } from './state.ts';

type Defaults = Pick<Settings, 'defaultCulture' | 'defaultLanguage' | 'enableGdapByDefault'>;

/** Adds defaults for omitted fields (culture, language, GDAP: README, "Settings"), and spells the state and culture as the rules do. */
export function enrich(payload: CustomerPayload, rules: CountryRules | undefined, defaults: Defaults): Enrichment {
  const culture = spellCulture(payload.culture, rules) ?? defaultCulture(payload.country, rules, defaults);
  const state = payload.state === undefined ? undefined : findState(payload.state, rules?.supportedStates);
  return {
    culture,
    language: payload.language ?? defaults.defaultLanguage ?? (culture.split('-')[0] ?? culture).toLowerCase(),
    enableGDAPByDefault: payload.enableGDAPByDefault ?? defaults.enableGdapByDefault ?? true,
    ...(state === undefined ? {} : { state }),
  };
}

function spellCulture(culture: string | undefined, rules: CountryRules | undefined): string | undefined {
  return rules?.supportedCultures?.find((listed) => listed.toLowerCase() === culture?.toLowerCase()) ?? culture;
}

function defaultCulture(country: string, rules: CountryRules | undefined, defaults: Defaults): string {
  const documented = culturesOf(country);
  const wanted = defaults.defaultCulture?.toLowerCase();
  const found = (rules?.supportedCultures ?? documented).find((culture) => culture.toLowerCase() === wanted);
  const ruled = rules?.defaultCulture;
  const wellFormed = ruled !== undefined && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(ruled) ? ruled : undefined;
  return found ?? wellFormed ?? documented[0] ?? 'en-US';
}
