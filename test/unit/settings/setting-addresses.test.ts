import { expect, test } from 'vitest';
import { secretNames } from '../../../shared/credentials/secret-names.ts';
import { secretBase } from '../../../shared/customer/domain.ts';
import { settingsWith } from '../customer/read-with.ts';

test('accepts a suffix up to the limit of secret names', () => {
  const suffix = `.${'a'.repeat(80)}.com`;
  const { customerDomainSuffix } = settingsWith({ CUSTOMER_DOMAIN_SUFFIX: suffix });
  expect(customerDomainSuffix).toBe(suffix);
  const { userName, password } = secretNames(secretBase(`${'p'.repeat(27)}${suffix}`));
  expect([suffix.length, userName.length, password.length]).toEqual([85, 127, 127]);
});

test.each([
  ['https://c.vault.azure.net/', 'https://c.vault.azure.net'],
  ['https://C.vault.azure.net///', 'https://c.vault.azure.net'],
  [' https://c.vault.azure.net ', 'https://c.vault.azure.net'],
  ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
  ['http://[::1]:2', 'http://[::1]:2'],
])('reads the URL %s as %s', (value, expected) => {
  expect(settingsWith({ CREDENTIAL_VAULT_URL: value }).credentialVaultUrl).toBe(expected);
});

test.each([
  ['https://a.table.core.windows.net/onboardings/', 'https://a.table.core.windows.net/onboardings'],
  ['https://127.0.0.1:10002/devstoreaccount1/onboardings', 'https://127.0.0.1:10002/devstoreaccount1/onboardings'],
])('reads the URL of a table %s as %s', (value, expected) => {
  expect(settingsWith({ ONBOARDING_TABLE_URL: value }).onboardingTableUrl).toBe(expected);
});
