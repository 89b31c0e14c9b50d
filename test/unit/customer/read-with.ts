import { OnboardingError, type ErrorDetail } from '../../../shared/errors/onboarding-error.ts';
import { readPayload, type CustomerPayload } from '../../../shared/customer/payload.ts';
import type { CountryRules } from '../../../shared/partner-center/read-country-rules.ts';
import { readSettings, type Settings } from '../../../shared/settings/settings.ts';
import { readExample } from '../../local/read-example.ts';

/** The settings of an environment, with the required URLs. */
export function settingsWith(environment: Readonly<Record<string, string>> = {}): Settings {
  const places = {
    PARTNER_VAULT_URL: 'https://p.vault.azure.net',
    CREDENTIAL_VAULT_URL: 'https://c.vault.azure.net',
    ONBOARDING_TABLE_URL: 'https://a.table.core.windows.net/onboardings',
  };
  return readSettings({ ...places, ...environment });
}

/** The normal form of the example customer with changes; `undefined` omits a field. */
export function readWith(changes: Readonly<Record<string, unknown>> = {}, settings = settingsWith()): CustomerPayload {
  const entries = Object.entries({ ...readExample(), ...changes }).filter(([, value]) => value !== undefined);
  return readPayload(Object.fromEntries(entries), settings);
}

/** The faults of a body; throws if it has none. */
export function faultsOf(body: unknown, settings = settingsWith()): readonly ErrorDetail[] {
  try {
    readPayload(body, settings);
  } catch (error) {
    if (error instanceof OnboardingError && error.code === 'InvalidPayload') return error.facts.details ?? [];
    throw error;
  }
  throw new Error('the payload has no fault');
}

/** The rules of a country that requires nothing. */
export const unruled: CountryRules = {
  stateRequired: false,
  cityRequired: false,
  postalCodeRequired: false,
  registrationNumberRequired: false,
  phoneNumberRequired: false,
};
