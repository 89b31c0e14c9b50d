@description('Name of the private endpoint.')
param name string

@description('Region of the network.')
param location string

@description('Tags for every resource.')
param tags object

@description('Subnet of the private endpoints.')
param subnetId string

@description('Resource behind the endpoint.')
param targetId string

@description('Service of this resource.')
@allowed([
  'vault'
  'blob'
  'table'
])
param groupId string

@description('Private DNS zone for the name of the endpoint.')
param zoneId string

resource endpoint 'Microsoft.Network/privateEndpoints@2026-03-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    subnet: {
      id: subnetId
    }
    privateLinkServiceConnections: [
      {
        name: groupId
        properties: {
          privateLinkServiceId: targetId
          groupIds: [
            groupId
          ]
        }
      }
    ]
  }
}

resource zoneGroup 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2026-03-01' = {
  parent: endpoint
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [
      {
        name: groupId
        properties: {
          privateDnsZoneId: zoneId
        }
      }
    ]
  }
}
