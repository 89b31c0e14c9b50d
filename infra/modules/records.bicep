// The records of onboardings: one row a domain. An account of its own, since its rows exist nowhere else and the host's account can be made anew.

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

@description('Puts a lock on it; false leaves a lock that is there.')
param locked bool

@description('Copies in three zones instead of one.')
param zoneRedundant bool

@description('Closes the public endpoint; a private endpoint must then exist.')
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
      // Without the network option the app has no address of its own that a rule could name: only its identity opens the account then.
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
    notes: 'Holds the records of onboardings, which keep a domain from being onboarded twice.'
  }
}

// No stable version of this type knows `categoryGroup`; the preview is what Azure itself uses.
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
