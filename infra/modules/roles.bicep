@description('Object id of the app\'s identity.')
@minLength(36)
@maxLength(36)
param principalId string

@description('Storage account of the host.')
param storageAccountName string

@description('Storage account of the records.')
param recordAccountName string

@description('Table of the records.')
param recordTableName string

@description('Application Insights component that receives the telemetry.')
param componentName string

@description('Vault with the partner secrets.')
param partnerVaultName string

@description('Vault for customers\' credentials.')
param credentialVaultName string

@description('Vault for credentials when the credential vault is unavailable.')
param fallbackVaultName string

@description('Resource id of the role that can only set secrets and read their metadata.')
param writerRoleId string

@description('True with App+User: the app stores the renewed refresh token.')
param renewsRefreshToken bool

// Built-in roles, the same in every tenant (Azure documentation, "Azure built-in roles").
var storageBlobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
var storageTableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'
var keyVaultSecretsUser = '4633458b-17de-408a-b874-0445c86b69e6'

resource account 'Microsoft.Storage/storageAccounts@2026-09-01' existing = {
  name: storageAccountName
}

resource recordAccount 'Microsoft.Storage/storageAccounts@2026-09-01' existing = {
  name: recordAccountName

  resource tableService 'tableServices' existing = {
    name: 'default'

    resource table 'tables' existing = {
      name: recordTableName
    }
  }
}

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

resource partnerVault 'Microsoft.KeyVault/vaults@2026-05-15' existing = {
  name: partnerVaultName
}

resource refreshToken 'Microsoft.KeyVault/vaults/secrets@2026-05-15' existing = {
  parent: partnerVault
  name: 'partner-refresh-token'
}

resource credentialVault 'Microsoft.KeyVault/vaults@2026-05-15' existing = {
  name: credentialVaultName
}

resource fallbackVault 'Microsoft.KeyVault/vaults@2026-05-15' existing = {
  name: fallbackVaultName
}

resource hostStorage 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, principalId, storageBlobDataOwner)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageBlobDataOwner)
  }
}

// Scoped to the table, not the account: the app cannot create or delete tables.
resource records 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: recordAccount::tableService::table
  name: guid(recordAccount::tableService::table.id, principalId, storageTableDataContributor)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageTableDataContributor)
  }
}

resource telemetry 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: component
  name: guid(component.id, principalId, monitoringMetricsPublisher)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', monitoringMetricsPublisher)
  }
}

resource readPartnerSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: partnerVault
  name: guid(partnerVault.id, principalId, keyVaultSecretsUser)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsUser)
  }
}

resource renewRefreshToken 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (renewsRefreshToken) {
  scope: refreshToken
  name: guid(refreshToken.id, principalId, writerRoleId)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: writerRoleId
  }
}

resource writeCredentials 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: credentialVault
  name: guid(credentialVault.id, principalId, writerRoleId)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: writerRoleId
  }
}

resource writeFallback 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: fallbackVault
  name: guid(fallbackVault.id, principalId, writerRoleId)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: writerRoleId
  }
}
