@description('Region of the network.')
param location string

@description('Tags for every resource.')
param tags object

@description('Network that resolves the private names.')
param networkId string

@description('Subnet of the private endpoints.')
param subnetId string

@description('Name and resource id of each vault.')
param vaults array

@description('Name and resource id of the storage account.')
param storage object

// The private zone of Key Vault is not named after its public suffix (Azure documentation, "Private endpoint DNS zone values").
var vaultZoneName = 'privatelink${replace(environment().suffixes.keyvaultDns, '.vault.', '.vaultcore.')}'
var blobZoneName = 'privatelink.blob.${environment().suffixes.storage}'

resource vaultZone 'Microsoft.Network/privateDnsZones@2024-06-01' = {
  name: vaultZoneName
  location: 'global'
  tags: tags
}

resource vaultZoneLink 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = {
  parent: vaultZone
  name: 'network'
  location: 'global'
  tags: tags
  properties: {
    registrationEnabled: false
    virtualNetwork: {
      id: networkId
    }
  }
}

resource blobZone 'Microsoft.Network/privateDnsZones@2024-06-01' = {
  name: blobZoneName
  location: 'global'
  tags: tags
}

resource blobZoneLink 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = {
  parent: blobZone
  name: 'network'
  location: 'global'
  tags: tags
  properties: {
    registrationEnabled: false
    virtualNetwork: {
      id: networkId
    }
  }
}

module vaultEndpoints 'endpoint.bicep' = [for vault in vaults: {
  name: 'endpoint-${vault.name}'
  params: {
    name: 'pe-${vault.name}'
    location: location
    tags: tags
    subnetId: subnetId
    targetId: vault.id
    groupId: 'vault'
    zoneId: vaultZone.id
  }
}]

module blobEndpoint 'endpoint.bicep' = {
  name: 'endpoint-${storage.name}'
  params: {
    name: 'pe-${storage.name}'
    location: location
    tags: tags
    subnetId: subnetId
    targetId: storage.id
    groupId: 'blob'
    zoneId: blobZone.id
  }
}
