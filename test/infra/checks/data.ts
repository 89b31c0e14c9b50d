import {
  at,
  carriedBy,
  complainUnless,
  expectAt,
  leavesRights,
  ofType,
  settingsOf,
  type Resource,
  type Snapshot,
} from '../snapshot.ts';

const vault = 'Microsoft.KeyVault/vaults';
const account = 'Microsoft.Storage/storageAccounts';
const lock = 'Microsoft.Authorization/locks';

/** Check 5: storage accounts refuse shared keys and public blobs, and have soft delete. */
export function checkStorage(snapshot: Snapshot): string[] {
  return [
    ...complainUnless(ofType(snapshot, account).length === 2, 'expected two storage accounts'),
    ...expectAt(snapshot, account, {
      'properties.allowSharedKeyAccess': false,
      'properties.allowBlobPublicAccess': false,
      'properties.defaultToOAuthAuthentication': true,
      'properties.supportsHttpsTrafficOnly': true,
      'properties.minimumTlsVersion': 'TLS1_2',
      'properties.allowCrossTenantReplication': false,
      'properties.isLocalUserEnabled': false,
    }),
    ...expectAt(snapshot, `${account}/blobServices`, { 'properties.deleteRetentionPolicy.enabled': true }),
    ...expectAt(snapshot, `${account}/blobServices/containers`, { 'properties.publicAccess': 'None' }),
  ];
}

/** Check 6: vaults use Azure RBAC, in an API version that does not retire in February 2027. */
export function checkVaultRights(snapshot: Snapshot): string[] {
  return [
    ...complainUnless(
      ofType(snapshot, vault).every(({ apiVersion }) => apiVersion >= '2026-02-01'),
      'the API version of a vault retires',
    ),
    ...expectAt(snapshot, vault, {
      'properties.enableRbacAuthorization': true,
      'properties.accessPolicies': undefined,
    }),
  ];
}

/** Check 7: purge protection with 90 days of soft delete, and no access for other Azure services. */
export const checkVaultProtection = (snapshot: Snapshot): string[] =>
  expectAt(snapshot, vault, {
    'properties.enablePurgeProtection': true,
    'properties.softDeleteRetentionInDays': 90,
    'properties.enabledForDeployment': false,
    'properties.enabledForDiskEncryption': false,
    'properties.enabledForTemplateDeployment': false,
  });

/** Check 8: the firewall denies by default, and with the network option the public endpoint is closed. */
export function checkVaultNetwork(snapshot: Snapshot): string[] {
  const isolated = ofType(snapshot, 'Microsoft.Network/virtualNetworks').length > 0;
  return expectAt(snapshot, vault, {
    'properties.networkAcls.defaultAction': 'Deny',
    'properties.networkAcls.bypass': 'None',
    'properties.publicNetworkAccess': isolated ? 'Disabled' : 'Enabled',
  });
}

const irreplaceable = (snapshot: Snapshot): Resource[] => [
  ...ofType(snapshot, vault),
  ...ofType(snapshot, 'Microsoft.OperationalInsights/workspaces'),
  ...ofType(snapshot, account).filter(({ name }) => name.startsWith('strec')),
];

/** Check 9: a delete lock on every vault, on the workspace and on the storage account of the records. */
export function checkLocks(snapshot: Snapshot): string[] {
  if (leavesRights(snapshot)) return [];
  return irreplaceable(snapshot).flatMap((one) =>
    complainUnless(
      carriedBy(snapshot, lock, one).some((found) => at(found, 'properties.level') === 'CanNotDelete'),
      `${one.name} has no lock`,
    ),
  );
}

const logged = [vault, 'Microsoft.Web/sites', `${account}/blobServices`, `${account}/tableServices`];

/** Check 10: vaults, site, blob and table services send their logs to the workspace. */
export function checkDiagnostics(snapshot: Snapshot): string[] {
  const workspace = ofType(snapshot, 'Microsoft.OperationalInsights/workspaces')[0]?.id;
  return logged
    .flatMap((type) => ofType(snapshot, type))
    .flatMap((one) => {
      const settings = carriedBy(snapshot, 'Microsoft.Insights/diagnosticSettings', one);
      const right = settings.some(
        (found) => at(found, 'properties.workspaceId') === workspace && at(found, 'properties.logs.0.enabled') === true,
      );
      return complainUnless(right, `${one.name} does not send its logs`);
    });
}

/** Check 11: partner secrets and credentials are in different vaults, and the fallback vault is in another region. */
export function checkSeparateVaults(snapshot: Snapshot): string[] {
  const settings = settingsOf(snapshot);
  const urls = ['PARTNER_VAULT_URL', 'CREDENTIAL_VAULT_URL', 'CREDENTIAL_VAULT_FALLBACK_URL'];
  const vaults = ofType(snapshot, vault);
  const named = urls.map((url) => vaults.findIndex(({ name }) => settings.get(url)?.includes(`'${name}'`)));
  return [
    ...complainUnless(new Set(named).size === 3 && !named.includes(-1), 'the settings do not name three vaults'),
    ...complainUnless(new Set(vaults.map(({ name }) => name)).size === 3, 'two vaults have the same name'),
    ...complainUnless(new Set(vaults.map((one) => one.location)).size === 2, 'the fallback is in the same region'),
  ];
}

/** Check 29: ONBOARDING_TABLE_URL is the URL of the deployed table. */
export function checkRecords(snapshot: Snapshot): string[] {
  const url = settingsOf(snapshot).get('ONBOARDING_TABLE_URL') ?? '';
  const [table] = ofType(snapshot, `${account}/tableServices/tables`);
  const [name = 'none', , path = 'none'] = table?.name.split('/') ?? [];
  return complainUnless(
    url.includes(`'https://{0}.table.{1}/{2}', '${name}'`) && url.includes(`'${path}'`),
    `${snapshot.name}: ONBOARDING_TABLE_URL is ${url}`,
  );
}
