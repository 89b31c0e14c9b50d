@description('Start of the names of this environment.')
param prefix string

@description('Region of the network.')
param location string

@description('Tags for every resource.')
param tags object

@description('Address space. The app and the private endpoints each get a /27 of it.')
param addressPrefix string

@description('Service tags that the app can connect to on port 443, in addition to the private endpoints.')
@minLength(1)
param outboundServiceTags array

var appPrefix = cidrSubnet(addressPrefix, 27, 0)
var endpointPrefix = cidrSubnet(addressPrefix, 27, 1)

resource publicAddress 'Microsoft.Network/publicIPAddresses@2026-03-01' = {
  name: '${prefix}-nat-ip'
  location: location
  tags: tags
  sku: {
    name: 'Standard'
    tier: 'Regional'
  }
  // All availability zones of the region, if it has any.
  zones: pickZones('Microsoft.Network', 'publicIPAddresses', location, 3)
  properties: {
    publicIPAllocationMethod: 'Static'
    publicIPAddressVersion: 'IPv4'
  }
}

resource nat 'Microsoft.Network/natGateways@2026-03-01' = {
  name: '${prefix}-nat'
  location: location
  tags: tags
  sku: {
    name: 'Standard'
  }
  properties: {
    idleTimeoutInMinutes: 5
    publicIpAddresses: [
      {
        id: publicAddress.id
      }
    ]
  }
}

var tagRules = [
  for (serviceTag, i) in outboundServiceTags: {
    name: 'allow-${toLower(replace(serviceTag, '.', '-'))}'
    properties: {
      priority: 200 + i
      direction: 'Outbound'
      access: 'Allow'
      protocol: 'Tcp'
      sourceAddressPrefix: appPrefix
      sourcePortRange: '*'
      destinationAddressPrefix: serviceTag
      destinationPortRange: '443'
    }
  }
]

// All other outbound traffic is denied. DNS (168.63.129.16) is not subject to these rules.
resource appGroup 'Microsoft.Network/networkSecurityGroups@2026-03-01' = {
  name: '${prefix}-app-nsg'
  location: location
  tags: tags
  properties: {
    securityRules: concat(
      [
        {
          name: 'allow-endpoints'
          properties: {
            priority: 100
            direction: 'Outbound'
            access: 'Allow'
            protocol: 'Tcp'
            sourceAddressPrefix: appPrefix
            sourcePortRange: '*'
            destinationAddressPrefix: endpointPrefix
            destinationPortRange: '443'
          }
        }
      ],
      tagRules,
      [
        {
          name: 'deny-rest-out'
          properties: {
            priority: 4000
            direction: 'Outbound'
            access: 'Deny'
            protocol: '*'
            sourceAddressPrefix: '*'
            sourcePortRange: '*'
            destinationAddressPrefix: '*'
            destinationPortRange: '*'
          }
        }
      ]
    )
  }
}

resource endpointGroup 'Microsoft.Network/networkSecurityGroups@2026-03-01' = {
  name: '${prefix}-endpoints-nsg'
  location: location
  tags: tags
  properties: {
    securityRules: [
      {
        name: 'allow-app'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: appPrefix
          sourcePortRange: '*'
          destinationAddressPrefix: endpointPrefix
          destinationPortRange: '443'
        }
      }
      {
        name: 'deny-rest'
        properties: {
          priority: 4000
          direction: 'Inbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
        }
      }
      {
        name: 'deny-out'
        properties: {
          priority: 4000
          direction: 'Outbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
        }
      }
    ]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2026-03-01' = {
  name: '${prefix}-vnet'
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: [
        addressPrefix
      ]
    }
  }
}

resource appSubnet 'Microsoft.Network/virtualNetworks/subnets@2026-03-01' = {
  parent: network
  name: 'app'
  properties: {
    addressPrefix: appPrefix
    defaultOutboundAccess: false
    natGateway: {
      id: nat.id
    }
    networkSecurityGroup: {
      id: appGroup.id
    }
    delegations: [
      {
        name: 'flex-consumption'
        properties: {
          serviceName: 'Microsoft.App/environments'
        }
      }
    ]
  }
}

// Azure changes the subnets of a network one at a time, hence the dependency.
resource endpointSubnet 'Microsoft.Network/virtualNetworks/subnets@2026-03-01' = {
  parent: network
  name: 'endpoints'
  dependsOn: [
    appSubnet
  ]
  properties: {
    addressPrefix: endpointPrefix
    defaultOutboundAccess: false
    privateEndpointNetworkPolicies: 'Enabled'
    networkSecurityGroup: {
      id: endpointGroup.id
    }
  }
}

output networkId string = network.id
output appSubnetId string = appSubnet.id
output endpointSubnetId string = endpointSubnet.id
output outboundAddress string = publicAddress.properties.ipAddress
