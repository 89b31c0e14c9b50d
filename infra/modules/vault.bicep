@description('Name of the vault; unique in all of Azure.')
@minLength(3)
@maxLength(24)
param name string

@description('Region of the vault.')
param location string

@description('Tags for every resource.')
param tags object

@description('Puts a lock on it; false leaves a lock that is there.')
param locked bool

@description('Closes the public endpoint; a private endpoint must then exist.')
param networkIsolation bool

@description('Addresses or ranges that may reach the vault while its public endpoint is open.')
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
      // The bypass for trusted services would stay in force with the public endpoint closed, and Azure Functions is not among them.
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
    notes: 'Holds secrets that exist nowhere else.'
  }
}

// No stable version of this type knows `categoryGroup` and `logAnalyticsDestinationType`; the preview is what Azure itself uses.
#disable-next-line use-recent-api-versions
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    // The table AZKVAuditLogs, which the alerts read.
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
