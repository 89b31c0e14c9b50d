@description('Environment that the role belongs to.')
param environmentName string

@description('Name of the role as people read it; unique in the tenant.')
param roleName string

var groupId = resourceGroup().id

resource writerRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(groupId, environmentName, 'credential-writer')
  properties: {
    roleName: roleName
    description: 'Writes secrets and reads their names, versions and tags. Cannot read a value, change, delete, recover or purge.'
    type: 'CustomRole'
    assignableScopes: [
      groupId
    ]
    permissions: [
      {
        actions: []
        notActions: []
        dataActions: [
          'Microsoft.KeyVault/vaults/secrets/setSecret/action'
          'Microsoft.KeyVault/vaults/secrets/readMetadata/action'
        ]
        notDataActions: []
      }
    ]
  }
}

output id string = writerRole.id
