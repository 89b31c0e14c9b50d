import { expect, test } from 'vitest';
import { clouds } from '../../../shared/settings/clouds.ts';
import type { SettingFault } from '../../../shared/settings/read-setting.ts';
import { readSettings, SettingsError } from '../../../shared/settings/settings.ts';
import { settingsWith } from '../customer/read-with.ts';

function faultsOf(environment: Record<string, string>): readonly SettingFault[] {
  try {
    settingsWith(environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
  return [];
}

test('has a default for every setting except the two vaults and the table', () => {
  expect(settingsWith()).toEqual({
    ...clouds.global,
    partnerVaultUrl: 'https://p.vault.azure.net',
    credentialVaultUrl: 'https://c.vault.azure.net',
    credentialVaultFallbackUrl: undefined,
    onboardingTableUrl: 'https://a.table.core.windows.net/onboardings',
    identityClientId: undefined,
    partnerAuthFlow: 'app',
    partnerClientCredential: 'secret',
    partnerSecretCache: 600_000,
    defaultCulture: undefined,
    defaultLanguage: undefined,
    enableGdapByDefault: undefined,
    addressValidation: 'strict',
    onboardingTimeout: 200_000,
    onboardingLeaseSeconds: 60,
    credentialExpiryDays: undefined,
    emailExtraTlds: [],
    callerAuthentication: 'key',
    requiredAppRole: undefined,
  });
});

test.each(['global', 'china', 'usgov'] as const)('uses the preset of the cloud %s', (cloud) => {
  expect(settingsWith({ PARTNER_CLOUD: cloud })).toMatchObject(clouds[cloud]);
});

test('overrides each part of a preset on its own', () => {
  const overrides = {
    PARTNER_CENTER_URL: 'https://pc.example/',
    PARTNER_AUTHORITY_URL: 'https://login.example',
    PARTNER_CENTER_SCOPE: 'https://pc.example/.default',
    CUSTOMER_DOMAIN_SUFFIX: '.example.cn',
  };
  for (const [name, value] of Object.entries(overrides)) {
    const { partnerCenterUrl, authorityUrl, partnerCenterScope, customerDomainSuffix } = settingsWith({
      PARTNER_CLOUD: 'china',
      [name]: value,
    });
    const values = [partnerCenterUrl, authorityUrl, partnerCenterScope, customerDomainSuffix];
    const preset = [
      clouds.china.partnerCenterUrl,
      clouds.china.authorityUrl,
      clouds.china.partnerCenterScope,
      clouds.china.customerDomainSuffix,
    ] as const;
    const changed = values.filter((one, index) => one !== preset[index]);
    expect(changed).toEqual([value.replace(/\/$/, '')]);
  }
});

test.each([
  ['PARTNER_VAULT_URL', 'not a url'],
  ['PARTNER_VAULT_URL', ' '],
  ['ONBOARDING_TABLE_URL', 'https://a.table.core.windows.net'],
  ['ONBOARDING_TABLE_URL', 'https://a.table.core.windows.net/account/onboardings'],
  ['ONBOARDING_TABLE_URL', 'https://a.table.core.windows.net/on-boardings'],
  ['ONBOARDING_TABLE_URL', 'http://127.0.0.1:10002/onboardings'],
  ['CREDENTIAL_VAULT_URL', 'ftp://c.vault.azure.net'],
  ['CREDENTIAL_VAULT_URL', 'c.vault.azure.net'],
  ['CREDENTIAL_VAULT_FALLBACK_URL', 'http://f.vault.azure.net'],
  ...['PARTNER_VAULT_URL', 'CREDENTIAL_VAULT_URL', 'CREDENTIAL_VAULT_FALLBACK_URL'].flatMap((name) =>
    ['/secrets', '/secrets/', '/?', '?x=1', '#', '/#part', '/secrets?x#y'].map((rest) => [
      name,
      `https://v.vault.azure.net${rest}`,
    ]),
  ),
  ['ONBOARDING_TABLE_URL', 'https://a.table.core.windows.net/onboardings?sv=1'],
  ['ONBOARDING_TABLE_URL', 'https://a.table.core.windows.net/onboardings?'],
  ['PARTNER_CENTER_URL', 'http://10.0.0.1'],
  ['PARTNER_CENTER_URL', 'https://user:word@pc.example'],
  ['PARTNER_CENTER_URL', 'https://pc.example/?x=1'],
  ['PARTNER_AUTHORITY_URL', 'http://127.0.0.1.evil.example'],
  ['PARTNER_AUTHORITY_URL', 'http://localhost.evil.example'],
  ['PARTNER_CENTER_SCOPE', 'two scopes'],
  ['CUSTOMER_DOMAIN_SUFFIX', 'on microsoft'],
  ['CUSTOMER_DOMAIN_SUFFIX', `.${'a'.repeat(80)}.test2`],
  ['CUSTOMER_DOMAIN_SUFFIX', `${'a'.repeat(80)}.test`],
  ['PARTNER_CLOUD', 'germany'],
  ['PARTNER_AUTH_FLOW', 'user'],
  ['PARTNER_CLIENT_CREDENTIAL', 'password'],
  ['PARTNER_SECRET_CACHE_SECONDS', '-1'],
  ['DEFAULT_CULTURE', 'xx-XX'],
  ['DEFAULT_LANGUAGE', 'english'],
  ['EMAIL_EXTRA_TLDS', 'shop cloud'],
  ['EMAIL_EXTRA_TLDS', 'a@b'],
  ['ENABLE_GDAP_BY_DEFAULT', 'yes'],
  ['ADDRESS_VALIDATION', 'loose'],
  ['ONBOARDING_TIMEOUT_SECONDS', '3'],
  ['ONBOARDING_TIMEOUT_SECONDS', '226'],
  ['ONBOARDING_TIMEOUT_SECONDS', '20.5'],
  ['ONBOARDING_LEASE_SECONDS', '14'],
  ['ONBOARDING_LEASE_SECONDS', '301'],
  ['ONBOARDING_LEASE_SECONDS', 'long'],
  ['CREDENTIAL_EXPIRY_DAYS', '0'],
  ['CALLER_AUTHENTICATION', 'none'],
])('reports %s when it is "%s", without the value', (name, value) => {
  const faults = faultsOf({ [name]: value });
  expect(faults.map(({ setting }) => setting)).toEqual([name]);
  expect(faults[0]?.reason.split(/[ ,]+/)).not.toContain(value);
});

test('reports all faults together', () => {
  expect(() => readSettings({ ADDRESS_VALIDATION: 'x', PARTNER_CLOUD: 'y' })).toThrow(SettingsError);
  const names = faultsOf({
    PARTNER_VAULT_URL: '',
    CREDENTIAL_VAULT_URL: '',
    ONBOARDING_TABLE_URL: '',
    ADDRESS_VALIDATION: 'x',
  });
  expect(names.map(({ setting }) => setting).sort()).toEqual([
    'ADDRESS_VALIDATION',
    'CREDENTIAL_VAULT_URL',
    'ONBOARDING_TABLE_URL',
    'PARTNER_VAULT_URL',
  ]);
});

test('accepts 4 and 225 seconds, any case of a choice, and a lease of 15 to 300 seconds', () => {
  for (const [timeout, lease] of Object.entries({ 4: '15', 225: '300' }))
    expect(faultsOf({ ONBOARDING_TIMEOUT_SECONDS: timeout, ONBOARDING_LEASE_SECONDS: lease })).toEqual([]);
  expect(settingsWith({ PARTNER_AUTH_FLOW: 'App+User', ADDRESS_VALIDATION: 'OFF' })).toMatchObject({
    partnerAuthFlow: 'app+user',
    addressValidation: 'off',
  });
});
