@description('Start of the names of this environment.')
param prefix string

@description('Region of the network.')
param location string

@description('Tags for every resource.')
param tags object

@description('Tags for the DNS zones, which two environments in one resource group share.')
param zoneTags object

@description('Network that resolves the private names.')
param networkId string

@description('Subnet of the private endpoints.')
param subnetId string

@description('Name and resource id of each vault.')
param vaults array

@description('Resource id of the host\'s storage account.')
param storageId string

@description('Resource id of the storage account of the records.')
param recordsId string

// The private zone of Key Vault is not named after its public suffix (Azure documentation, "Private endpoint DNS zone values").
var vaultZoneName = 'privatelink${replace(environment().suffixes.keyvaultDns, '.vault.', '.vaultcore.')}'
var tableZoneName = 'privatelink.table.${environment().suffixes.storage}'
var blobZoneName = 'privatelink.blob.${environment().suffixes.storage}'

resource vaultZone 'Microsoft.Network/privateDnsZones@2024-06-01' = {
  name: vaultZoneName
  location: 'global'
  tags: zoneTags
}

resource vaultZoneLink 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = {
  parent: vaultZone
  name: '${prefix}-vnet'
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
  tags: zoneTags
}

resource blobZoneLink 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = {
  parent: blobZone
  name: '${prefix}-vnet'
  location: 'global'
  tags: tags
  properties: {
    registrationEnabled: false
    virtualNetwork: {
      id: networkId
    }
  }
}

resource tableZone 'Microsoft.Network/privateDnsZones@2024-06-01' = {
  name: tableZoneName
  location: 'global'
  tags: zoneTags
}

resource tableZoneLink 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = {
  parent: tableZone
  name: '${prefix}-vnet'
  location: 'global'
  tags: tags
  properties: {
    registrationEnabled: false
    virtualNetwork: {
      id: networkId
    }
  }
}

module vaultEndpoints 'endpoint.bicep' = [
  for vault in vaults: {
    params: {
      name: '${prefix}-pe-${vault.name}'
      location: location
      tags: tags
      subnetId: subnetId
      targetId: vault.id
      groupId: 'vault'
      zoneId: vaultZone.id
    }
  }
]

module blobEndpoint 'endpoint.bicep' = {
  params: {
    name: '${prefix}-pe-storage'
    location: location
    tags: tags
    subnetId: subnetId
    targetId: storageId
    groupId: 'blob'
    zoneId: blobZone.id
  }
}

module tableEndpoint 'endpoint.bicep' = {
  params: {
    name: '${prefix}-pe-records'
    location: location
    tags: tags
    subnetId: subnetId
    targetId: recordsId
    groupId: 'table'
    zoneId: tableZone.id
  }
}
