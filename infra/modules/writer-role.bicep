@description('Name of the environment.')
param environmentName string

@description('Display name of the role, unique in the tenant.')
param roleName string

var groupId = resourceGroup().id

resource writerRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(groupId, environmentName, 'credential-writer')
  properties: {
    roleName: roleName
    description: 'Sets secrets and reads their names, versions and tags. Cannot get, update, delete, recover or purge a secret.'
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
