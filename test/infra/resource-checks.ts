import {
  checkDiagnostics,
  checkLocks,
  checkRecords,
  checkSeparateVaults,
  checkStorage,
  checkVaultNetwork,
  checkVaultProtection,
  checkVaultRights,
} from './checks/data.ts';
import { checkFlexRefusals, checkIdentity, checkPublishing, checkTls } from './checks/site.ts';
import { wrong, type ReviewCheck } from './review-check.ts';

const [site, vault, account] = ['Web/sites', 'KeyVault/vaults', 'Storage/storageAccounts'];
const [lock, diagnostics] = ['Authorization/locks', 'Insights/diagnosticSettings'];
const settings = 'properties.siteConfig.appSettings';

/** Review checks 1 to 11 and 29: the site, storage and vaults. */
export const resourceChecks: readonly ReviewCheck[] = [
  {
    title: '1. the site accepts only HTTPS with TLS 1.2 or later',
    check: checkTls,
    broken: [
      wrong(site, 'properties.httpsOnly', false),
      wrong(site, 'properties.siteConfig.minTlsVersion', '1.1'),
      wrong(site, 'properties.siteConfig.scmMinTlsVersion'),
    ],
  },
  {
    title: '2. no property or setting that Flex Consumption refuses',
    check: checkFlexRefusals,
    broken: [
      wrong(site, 'properties.siteConfig.ftpsState', 'Disabled'),
      wrong(site, settings, "[createObject('key', 'WEBSITE_RUN_FROM_PACKAGE', 'value', '1')]"),
    ],
  },
  {
    title: '3. publishing with a password is disabled',
    check: checkPublishing,
    broken: ['ftp', 'scm'].flatMap((name) => [
      wrong(`${site}/basicPublishingCredentialsPolicies`, 'properties.allow', true, 'dev', name),
      wrong(`${site}/basicPublishingCredentialsPolicies`, '', undefined, 'dev', name),
    ]),
  },
  {
    title: '4. storage is accessed with an identity, and there are no keys',
    check: checkIdentity,
    broken: [
      wrong(site, 'identity.type', 'SystemAssigned'),
      wrong(
        site,
        'properties.functionAppConfig.deployment.storage.authentication.type',
        'StorageAccountConnectionString',
      ),
      wrong(site, settings, "[createArray(createObject('name', 'AzureWebJobsStorage', 'value', 'x'), )]"),
      wrong(site, 'properties.key', "[listKeys('x', '2025-06-01').keys[0].value]"),
    ],
  },
  {
    title: '5. storage accounts refuse shared keys and public blobs',
    check: checkStorage,
    broken: [
      wrong(account, 'properties.allowSharedKeyAccess', true),
      wrong(account, 'properties.allowSharedKeyAccess', true, 'dev', 'strec'),
      wrong(`${account}/blobServices/containers`, 'properties.publicAccess', 'Blob'),
      wrong(`${account}/blobServices`, 'properties.deleteRetentionPolicy.enabled', false),
    ],
  },
  {
    title: '6. vaults use Azure RBAC, in an API version that does not retire',
    check: checkVaultRights,
    broken: [
      wrong(vault, 'apiVersion', '2023-07-01'),
      wrong(vault, 'properties.enableRbacAuthorization', false),
      wrong(vault, 'properties.accessPolicies', []),
    ],
  },
  {
    title: '7. deleted secrets can be recovered for 90 days',
    check: checkVaultProtection,
    broken: [
      wrong(vault, 'properties.enablePurgeProtection', false),
      wrong(vault, 'properties.softDeleteRetentionInDays', 7),
    ],
  },
  {
    title: '8. the firewall of the vaults denies by default',
    check: checkVaultNetwork,
    broken: [
      wrong(vault, 'properties.networkAcls.defaultAction', 'Allow', 'network-off'),
      wrong(vault, 'properties.networkAcls.bypass', 'AzureServices'),
      wrong(vault, 'properties.publicNetworkAccess', 'Enabled'),
    ],
  },
  {
    title: '9. vaults, records and workspace have a delete lock',
    check: checkLocks,
    broken: [
      wrong(lock, 'properties.level', 'ReadOnly', 'dev', 'kv-creds'),
      wrong(lock, '', undefined, 'dev', 'workspaces'),
      wrong(lock, '', undefined, 'dev', 'strec'),
    ],
  },
  {
    title: '10. vaults, site and storage send their logs to the workspace',
    check: checkDiagnostics,
    broken: [
      ...['kv-partner', 'sites', 'blobServices', 'tableServices'].map((id) =>
        wrong(diagnostics, '', undefined, 'dev', id),
      ),
      wrong(diagnostics, 'properties.workspaceId', '', 'dev', 'kv-creds'),
    ],
  },
  {
    title: '11. partner secrets and credentials are in different vaults',
    check: checkSeparateVaults,
    broken: [
      wrong(vault, 'location', 'westeurope', 'dev', 'kv-spare'),
      wrong(vault, 'name', 'kv-other', 'dev', 'kv-creds'),
      wrong(site, settings, ''),
    ],
  },
  {
    title: '29. the app gets the URL of the records table',
    check: checkRecords,
    broken: [
      wrong(site, settings, ''),
      wrong(`${account}/tableServices/tables`, ''),
      wrong(`${account}/tableServices/tables`, 'name', 'stother/default/onboardings'),
    ],
  },
];
