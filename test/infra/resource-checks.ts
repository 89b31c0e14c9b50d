import {
  checkDiagnostics,
  checkLocks,
  checkSeparateVaults,
  checkStorage,
  checkVaultNetwork,
  checkVaultProtection,
  checkVaultRights,
} from './checks/data.ts';
import { checkFlexRefusals, checkIdentity, checkPublishing, checkTls } from './checks/site.ts';
import type { Variant } from './infra.ts';
import { change, type ReviewCheck } from './review-check.ts';

const app = (from: string, to = ''): Variant => change('modules/app.bicep', from, to);
const vault = (from: string, to = ''): Variant => change('modules/vault.bicep', from, to);
const main = (from: string, to = ''): Variant => change('main.bicep', from, to);
const storage = (from: string, to = ''): Variant => change('modules/storage.bicep', from, to);

/** Review checks 1 to 11, on the app and on what it stores. */
export const resourceChecks: readonly ReviewCheck[] = [
  {
    title: '1. the site takes https with TLS 1.2 or later only',
    check: checkTls,
    broken: [app('httpsOnly: true', 'httpsOnly: false'), app("minTlsVersion: '1.2'", "minTlsVersion: '1.1'")],
  },
  {
    title: '2. nothing is set that Flex Consumption refuses',
    check: checkFlexRefusals,
    broken: [app('http20Enabled: true', "ftpsState: 'Disabled'"), main('PARTNER_CLOUD:', 'WEBSITE_RUN_FROM_PACKAGE:')],
  },
  {
    title: '3. nobody publishes with a password',
    check: checkPublishing,
    broken: [app('allow: false', 'allow: true'), app("name: 'scm'", "name: 'other'")],
  },
  {
    title: '4. an identity opens storage, and no key lies anywhere',
    check: checkIdentity,
    broken: [
      app("type: 'UserAssignedIdentity'", "type: 'StorageAccountConnectionString'"),
      app("'managedidentity'", "'key'"),
      storage('output id string = account.id', 'output id string = account.listKeys().keys[0].value'),
    ],
  },
  {
    title: '5. storage has no keys and no public blobs',
    check: checkStorage,
    broken: [
      storage('allowSharedKeyAccess: false', 'allowSharedKeyAccess: true'),
      storage("publicAccess: 'None'", "publicAccess: 'Blob'"),
      storage('deleteRetentionPolicy: {\n      enabled: true', 'deleteRetentionPolicy: {\n      enabled: false'),
    ],
  },
  {
    title: '6. vaults go by roles, in an API version that stays',
    check: checkVaultRights,
    broken: [
      vault('vaults@2026-02-01', 'vaults@2023-07-01'),
      vault('enableRbacAuthorization: true', 'enableRbacAuthorization: false'),
      vault('enableSoftDelete: true', 'accessPolicies: []'),
    ],
  },
  {
    title: '7. nothing in a vault is lost before 90 days',
    check: checkVaultProtection,
    broken: [
      vault('enablePurgeProtection: true', 'enablePurgeProtection: false'),
      vault('softDeleteRetentionInDays: 90', 'softDeleteRetentionInDays: 7'),
    ],
  },
  {
    title: '8. vaults are closed to the network',
    check: checkVaultNetwork,
    broken: [
      vault("defaultAction: 'Deny'", "defaultAction: 'Allow'"),
      vault("bypass: 'None'", "bypass: 'AzureServices'"),
      vault("networkIsolation ? 'Disabled' : 'Enabled'", "'Enabled'"),
    ],
  },
  {
    title: '9. vaults are locked',
    check: checkLocks,
    broken: [vault("'CanNotDelete'", "'ReadOnly'"), vault('scope: vault\n')],
  },
  {
    title: '10. vaults, site and storage send their logs',
    check: checkDiagnostics,
    broken: [vault('workspaceId: workspaceId', "workspaceId: ''"), app('scope: site'), storage('scope: blobService')],
  },
  {
    title: '11. partner secrets and credentials lie apart',
    check: checkSeparateVaults,
    broken: [
      main("'kv-creds-${token}'", "'kv-partner-${token}'"),
      main(
        'CREDENTIAL_VAULT_URL: vaults.outputs.credentialVaultUri',
        'CREDENTIAL_VAULT_URL: vaults.outputs.partnerVaultUri',
      ),
      change('modules/vaults.bicep', 'location: fallbackLocation', 'location: location'),
    ],
  },
];
