// The onboarding records: one row per domain. In a separate account with a lock, because the rows exist nowhere else; the host's account can be recreated.

@description('Name of the storage account.')
@minLength(3)
@maxLength(24)
param name string

@description('Name of the table.')
@minLength(3)
@maxLength(63)
param tableName string

@description('Region of the account.')
param location string

@description('Tags for every resource.')
param tags object

@description('Creates a delete lock. False: an existing lock stays.')
param locked bool

@description('Stores copies in three availability zones instead of one.')
param zoneRedundant bool

@description('Closes the public endpoint. Requires a private endpoint.')
param networkIsolation bool

@description('Workspace for the diagnostic logs.')
param workspaceId string

resource account 'Microsoft.Storage/storageAccounts@2026-09-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: zoneRedundant ? 'Standard_ZRS' : 'Standard_LRS'
  }
  properties: {
    accessTier: 'Hot'
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    isLocalUserEnabled: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: networkIsolation ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'None'
      // Without the network option, the app has no fixed address for a rule. Access then depends on its role alone.
      defaultAction: networkIsolation ? 'Deny' : 'Allow'
    }
  }
}

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2026-09-01' = {
  parent: account
  name: 'default'
}

resource table 'Microsoft.Storage/storageAccounts/tableServices/tables@2026-09-01' = {
  parent: tableService
  name: tableName
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (locked) {
  scope: account
  name: 'keep'
  properties: {
    level: 'CanNotDelete'
    notes: 'Contains the onboarding records, which prevent a domain from being onboarded twice.'
  }
}

// No stable version of this type has `categoryGroup`, and this preview is the de facto standard.
#disable-next-line use-recent-api-versions
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: tableService
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        categoryGroup: 'audit'
        enabled: true
      }
    ]
  }
}

output id string = account.id
output name string = account.name
output tableName string = table.name
output tableUrl string = 'https://${account.name}.table.${environment().suffixes.storage}/${table.name}'
