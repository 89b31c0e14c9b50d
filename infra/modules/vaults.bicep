@description('Name of the vault with the partner secrets.')
param partnerVaultName string

@description('Name of the vault for customers\' credentials.')
param credentialVaultName string

@description('Name of the vault for credentials when the credential vault is unavailable.')
param fallbackVaultName string

@description('Region of the partner vault and the credential vault.')
param location string

@description('Region of the fallback vault.')
param fallbackLocation string

@description('Tags for every resource.')
param tags object

@description('Creates a delete lock on each vault. False: existing locks stay.')
param locked bool

@description('Closes the public endpoints. Requires private endpoints.')
param networkIsolation bool

@description('IPv4 addresses or ranges that can reach the vaults while their public endpoints are open.')
param allowedIpRanges array

@description('Workspace for the audit logs.')
param workspaceId string

module partner 'vault.bicep' = {
  params: {
    name: partnerVaultName
    location: location
    tags: tags
    locked: locked
    networkIsolation: networkIsolation
    allowedIpRanges: allowedIpRanges
    workspaceId: workspaceId
  }
}

module credentials 'vault.bicep' = {
  params: {
    name: credentialVaultName
    location: location
    tags: tags
    locked: locked
    networkIsolation: networkIsolation
    allowedIpRanges: allowedIpRanges
    workspaceId: workspaceId
  }
}

module fallback 'vault.bicep' = {
  params: {
    name: fallbackVaultName
    location: fallbackLocation
    tags: tags
    locked: locked
    networkIsolation: networkIsolation
    allowedIpRanges: allowedIpRanges
    workspaceId: workspaceId
  }
}

output partnerVaultId string = partner.outputs.id
output partnerVaultName string = partner.outputs.name
output partnerVaultUri string = partner.outputs.uri
output credentialVaultId string = credentials.outputs.id
output credentialVaultName string = credentials.outputs.name
output credentialVaultUri string = credentials.outputs.uri
output fallbackVaultId string = fallback.outputs.id
output fallbackVaultName string = fallback.outputs.name
output fallbackVaultUri string = fallback.outputs.uri
