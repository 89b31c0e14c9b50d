import { complainUnless, created, expectProperties, fileOf, type Infra } from '../infra.ts';

const vaults = (infra: Infra) => created(infra, 'Microsoft.KeyVault/vaults');

/** Check 5: storage without keys, without public blobs, with soft delete. */
export function checkStorage(infra: Infra): string[] {
  return [
    ...created(infra, 'Microsoft.Storage/storageAccounts').flatMap((account) =>
      expectProperties(account, {
        'properties.allowSharedKeyAccess': 'false',
        'properties.allowBlobPublicAccess': 'false',
        'properties.defaultToOAuthAuthentication': 'true',
        'properties.supportsHttpsTrafficOnly': 'true',
        'properties.minimumTlsVersion': "'TLS1_2'",
        'properties.allowCrossTenantReplication': 'false',
        'properties.isLocalUserEnabled': 'false',
      }),
    ),
    ...created(infra, 'Microsoft.Storage/storageAccounts/blobServices').flatMap((service) =>
      expectProperties(service, { 'properties.deleteRetentionPolicy.enabled': 'true' }),
    ),
    ...created(infra, 'Microsoft.Storage/storageAccounts/blobServices/containers').flatMap((container) =>
      expectProperties(container, { 'properties.publicAccess': "'None'" }),
    ),
  ];
}

/** Check 6: vaults by roles, in an API version that outlives February 2027. */
export function checkVaultRights(infra: Infra): string[] {
  return vaults(infra).flatMap((vault) => [
    ...complainUnless(vault.version >= '2026-02-01', `${vault.file}: API version ${vault.version} retires`),
    ...expectProperties(vault, { 'properties.enableRbacAuthorization': 'true' }),
    ...complainUnless(
      ![...vault.properties.keys()].some((path) => path.startsWith('properties.accessPolicies')),
      `${vault.file}: access policies`,
    ),
  ]);
}

/** Check 7: nothing in a vault can be lost before 90 days, and no service reads it on the side. */
export function checkVaultProtection(infra: Infra): string[] {
  return vaults(infra).flatMap((vault) =>
    expectProperties(vault, {
      'properties.enablePurgeProtection': 'true',
      'properties.softDeleteRetentionInDays': '90',
      'properties.enabledForDeployment': 'false',
      'properties.enabledForDiskEncryption': 'false',
      'properties.enabledForTemplateDeployment': 'false',
    }),
  );
}

/** Check 8: the vault's firewall is closed, and its public endpoint too with the network option. */
export function checkVaultNetwork(infra: Infra): string[] {
  return vaults(infra).flatMap((vault) =>
    expectProperties(vault, {
      'properties.networkAcls.defaultAction': "'Deny'",
      'properties.networkAcls.bypass': "'None'",
      'properties.publicNetworkAccess': /^networkIsolation \? 'Disabled' : /,
    }),
  );
}

/** Check 9: a lock on every vault. */
export function checkLocks(infra: Infra): string[] {
  const locks = created(infra, 'Microsoft.Authorization/locks');
  return vaults(infra).flatMap(({ file, symbol }) => {
    const lock = locks.find((one) => one.file === file && one.properties.get('scope') === symbol);
    return lock ? expectProperties(lock, { 'properties.level': "'CanNotDelete'" }) : [`${file}: ${symbol} has no lock`];
  });
}

const watched = ['Microsoft.KeyVault/vaults', 'Microsoft.Web/sites', 'Microsoft.Storage/storageAccounts/blobServices'];

/** Check 10: vaults, site and blob service send their logs to the workspace. */
export function checkDiagnostics(infra: Infra): string[] {
  const settings = created(infra, 'Microsoft.Insights/diagnosticSettings');
  return watched
    .flatMap((type) => created(infra, type))
    .flatMap(({ file, symbol }) => {
      const setting = settings.find((one) => one.file === file && one.properties.get('scope') === symbol);
      const wanted = { 'properties.workspaceId': 'workspaceId', 'properties.logs[0].enabled': 'true' };
      return setting ? expectProperties(setting, wanted) : [`${file}: ${symbol} has no diagnostic settings`];
    });
}

/** Check 11: partner secrets and credentials lie in different vaults, and the fallback in another region. */
export function checkSeparateVaults(infra: Infra): string[] {
  const main = fileOf(infra, 'main.bicep');
  const modules = fileOf(infra, 'modules/vaults.bicep').modules.filter(({ type }) => type === 'vault.bicep');
  const names = modules.map(({ properties }) => properties.get('params.name'));
  const given = main.modules.find(({ type }) => type === 'modules/vaults.bicep')?.properties;
  const real = names.map((name) => given?.get(`params.${name ?? ''}`));
  const settings = main.variables.get('settings') ?? '';
  const urls = ['PARTNER_VAULT_URL', 'CREDENTIAL_VAULT_URL', 'CREDENTIAL_VAULT_FALLBACK_URL'];
  const values = urls.map((name) => new RegExp(`\\b${name}: (.+)`).exec(settings)?.[1]);
  const locations = new Set(modules.map(({ properties }) => properties.get('params.location')));
  return [
    ...complainUnless(new Set(real).size === 3 && !real.includes(undefined), 'the three vaults have not three names'),
    ...complainUnless(new Set(values).size === 3 && !values.includes(undefined), 'the app is not given three vaults'),
    ...complainUnless(locations.has('fallbackLocation') && locations.size === 2, 'the fallback is in the same region'),
  ];
}
