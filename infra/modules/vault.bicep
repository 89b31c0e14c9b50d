@description('Name of the vault, globally unique.')
@minLength(3)
@maxLength(24)
param name string

@description('Region of the vault.')
param location string

@description('Tags for every resource.')
param tags object

@description('Creates a delete lock. False: an existing lock stays.')
param locked bool

@description('Closes the public endpoint. Requires a private endpoint.')
param networkIsolation bool

@description('IPv4 addresses or ranges that can reach the vault while its public endpoint is open.')
param allowedIpRanges array

@description('Workspace for the audit log.')
param workspaceId string

resource vault 'Microsoft.KeyVault/vaults@2026-05-15' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    enabledForDeployment: false
    enabledForDiskEncryption: false
    enabledForTemplateDeployment: false
    publicNetworkAccess: networkIsolation ? 'Disabled' : 'Enabled'
    networkAcls: {
      defaultAction: 'Deny'
      // The bypass for trusted services would apply even with the public endpoint closed. Azure Functions is not a trusted service.
      bypass: 'None'
      ipRules: [
        for address in allowedIpRanges: {
          value: address
        }
      ]
    }
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (locked) {
  scope: vault
  name: 'keep'
  properties: {
    level: 'CanNotDelete'
    notes: 'Contains secrets that exist nowhere else.'
  }
}

// No stable version of this type has `categoryGroup` and `logAnalyticsDestinationType`, and this preview is the de facto standard.
#disable-next-line use-recent-api-versions
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    // Sends the logs to the table AZKVAuditLogs, which the alerts query.
    logAnalyticsDestinationType: 'Dedicated'
    logs: [
      {
        categoryGroup: 'audit'
        enabled: true
      }
    ]
    metrics: [
      {
        category: 'AllMetrics'
        enabled: true
      }
    ]
  }
}

output id string = vault.id
output name string = vault.name
output uri string = 'https://${vault.name}${environment().suffixes.keyvaultDns}/'
