import { findCulture } from '../data/locales.ts';
import { clouds, type CloudPreset } from './clouds.ts';
import { SettingReader, type SettingFault } from './read-setting.ts';

/** What can authenticate the partner app to Entra. */
export const clientCredentials = ['secret', 'certificate', 'managed-identity'] as const;

/** Everything the app is told by its environment. Times are milliseconds unless the name says otherwise. */
export interface Settings extends CloudPreset {
  readonly partnerVaultUrl: string;
  readonly credentialVaultUrl: string;
  readonly credentialVaultFallbackUrl: string | undefined;
  /** The table of the records: `https://{account}.table.core.windows.net/{table}`. */
  readonly onboardingTableUrl: string;
  /** Client id of the user-assigned identity. */
  readonly identityClientId: string | undefined;
  readonly partnerAuthFlow: 'app' | 'app+user';
  readonly partnerClientCredential: (typeof clientCredentials)[number];
  readonly partnerSecretCache: number;
  readonly defaultCulture: string | undefined;
  readonly defaultLanguage: string | undefined;
  readonly enableGdapByDefault: boolean | undefined;
  readonly addressValidation: 'strict' | 'lenient' | 'off';
  readonly onboardingTimeout: number;
  readonly onboardingLeaseSeconds: number;
  readonly credentialExpiryDays: number | undefined;
  /** Top-level domains to accept in email addresses beside the known ones. */
  readonly emailExtraTlds: readonly string[];
  readonly callerAuthentication: 'key' | 'entra';
  readonly requiredAppRole: string | undefined;
}

/** Thrown when a setting is missing or wrong; names every one of them, never a value. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly faults: readonly SettingFault[];

  constructor(faults: readonly SettingFault[]) {
    super(faults.map(({ setting, reason }) => `${setting} ${reason}`).join('; '));
    this.faults = faults;
  }
}

/** Reads the settings of an environment; throws `SettingsError` with all faults. README, "Settings", lists them. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const read = new SettingReader(environment);
  const cloud = clouds[read.choice('PARTNER_CLOUD', ['global', 'china', 'usgov'], 'global')];
  const timeoutSeconds = read.integer('ONBOARDING_TIMEOUT_SECONDS', { min: 4, max: 225 }, 200);
  const settings: Settings = {
    ...cloud,
    partnerVaultUrl: required(read, 'PARTNER_VAULT_URL'),
    credentialVaultUrl: required(read, 'CREDENTIAL_VAULT_URL'),
    credentialVaultFallbackUrl: read.vaultUrl('CREDENTIAL_VAULT_FALLBACK_URL'),
    onboardingTableUrl: readTableUrl(read),
    identityClientId: read.text('AZURE_CLIENT_ID'),
    partnerCenterUrl: read.url('PARTNER_CENTER_URL', cloud.partnerCenterUrl),
    authorityUrl: read.url('PARTNER_AUTHORITY_URL', cloud.authorityUrl),
    partnerCenterScope: readScope(read, cloud),
    customerDomainSuffix: readSuffix(read, cloud),
    partnerAuthFlow: read.choice('PARTNER_AUTH_FLOW', ['app', 'app+user'], 'app'),
    partnerClientCredential: read.choice('PARTNER_CLIENT_CREDENTIAL', clientCredentials, 'secret'),
    partnerSecretCache: read.integer('PARTNER_SECRET_CACHE_SECONDS', { min: 0, max: 86_400 }, 600) * 1000,
    defaultCulture: readCulture(read),
    defaultLanguage: readLanguage(read),
    enableGdapByDefault: read.flag('ENABLE_GDAP_BY_DEFAULT'),
    addressValidation: read.choice('ADDRESS_VALIDATION', ['strict', 'lenient', 'off'], 'strict'),
    onboardingTimeout: timeoutSeconds * 1000,
    onboardingLeaseSeconds: read.integer('ONBOARDING_LEASE_SECONDS', { min: 15, max: 300 }, 60),
    credentialExpiryDays: read.integer('CREDENTIAL_EXPIRY_DAYS', { min: 1, max: 3650 }),
    emailExtraTlds: readTopLevelDomains(read),
    callerAuthentication: read.choice('CALLER_AUTHENTICATION', ['key', 'entra'], 'key'),
    requiredAppRole: read.text('REQUIRED_APP_ROLE'),
  };
  if (read.faults.length > 0) throw new SettingsError(read.faults);
  return settings;
}

function required(read: SettingReader, setting: 'PARTNER_VAULT_URL' | 'CREDENTIAL_VAULT_URL'): string {
  if (read.text(setting) === undefined) read.fault(setting, 'is missing; set it to the URL of a vault');
  return read.vaultUrl(setting) ?? '';
}

function readTableUrl(read: SettingReader): string {
  const setting = 'ONBOARDING_TABLE_URL';
  const form = 'https://{account}.table.core.windows.net/{table}';
  if (read.text(setting) === undefined) read.fault(setting, `is missing; set it to the URL of a table, ${form}`);
  const url = read.url(setting);
  if (url === undefined) return '';
  // On loopback the account stands in the path: `http://127.0.0.1:10002/{account}/{table}`.
  const account = /^https?:\/\/(localhost|127[.\d]+|\[::1\])(:\d+)?\//.test(url) ? '/[a-z0-9]{3,24}' : '';
  if (!new RegExp(`^${account}/[A-Za-z][A-Za-z0-9]{2,62}$`).test(new URL(url).pathname))
    read.fault(setting, `must end with the name of a table: ${form}`);
  return url;
}

function readScope(read: SettingReader, cloud: CloudPreset): string {
  const scope = read.text('PARTNER_CENTER_SCOPE') ?? cloud.partnerCenterScope;
  if (/\s/.test(scope)) read.fault('PARTNER_CENTER_SCOPE', 'must be one scope, without blanks');
  return scope;
}

/** Names of secrets end at 127 characters: 27 are for the prefix, 15 for `-admin-username`. */
const longestSuffix = 85;

function readSuffix(read: SettingReader, cloud: CloudPreset): string {
  const suffix = read.text('CUSTOMER_DOMAIN_SUFFIX')?.toLowerCase() ?? cloud.customerDomainSuffix;
  const dotted = suffix.startsWith('.') ? suffix : `.${suffix}`;
  if (!/^(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?){1,5}$/.test(dotted))
    read.fault('CUSTOMER_DOMAIN_SUFFIX', 'must be a domain, such as .onmicrosoft.com');
  else if (dotted.length > longestSuffix)
    read.fault('CUSTOMER_DOMAIN_SUFFIX', `must have ${longestSuffix} characters at most, the first dot included`);
  return dotted;
}

function readCulture(read: SettingReader): string | undefined {
  const text = read.text('DEFAULT_CULTURE');
  const culture = text === undefined ? undefined : findCulture(text);
  if (text !== undefined && culture === undefined)
    read.fault('DEFAULT_CULTURE', 'must be a culture that Partner Center knows, such as en-US');
  return culture;
}

function readLanguage(read: SettingReader): string | undefined {
  const language = read.text('DEFAULT_LANGUAGE')?.toLowerCase();
  if (language !== undefined && !/^[a-z]{2}$/.test(language))
    read.fault('DEFAULT_LANGUAGE', 'must be a two-letter language, such as en');
  return language;
}

function readTopLevelDomains(read: SettingReader): readonly string[] {
  const domains = (read.text('EMAIL_EXTRA_TLDS')?.toLowerCase().split(',') ?? [])
    .map((text) => text.trim().replace(/^\./, ''))
    .filter((text) => text !== '');
  if (!domains.every((domain) => /^[\p{L}\p{M}\p{N}-]{2,63}$/u.test(domain)))
    read.fault('EMAIL_EXTRA_TLDS', 'must be top-level domains separated by commas, such as shop,cloud');
  return domains;
}
