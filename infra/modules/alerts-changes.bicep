// Alerts on changes with which someone could act as the app, open a vault or disable these alerts. They read the activity log directly,
// so neither the workspace nor a deleted diagnostic setting affects them.

@description('Start of the names of this environment.')
param prefix string

@description('Tags for every resource.')
param tags object

@description('Object ids of the identities that deploy. Their changes notify nobody.')
param deploymentPrincipalIds array

@description('Action groups that receive every alert.')
@minLength(1)
param actionGroupIds array

var groupId = resourceGroup().id
var watchedOperations = [
  {
    name: 'rights-changed'
    meaning: 'A role was assigned, removed or defined in the resource group.'
    operations: [
      'Microsoft.Authorization/roleAssignments/write'
      'Microsoft.Authorization/roleAssignments/delete'
      'Microsoft.Authorization/roleDefinitions/write'
      'Microsoft.Authorization/roleDefinitions/delete'
    ]
  }
  {
    name: 'identity-used'
    meaning: 'The app\'s identity was assigned to another resource, or another workload can sign in as it.'
    operations: [
      'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action'
      'Microsoft.ManagedIdentity/userAssignedIdentities/write'
      'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write'
      'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/delete'
    ]
  }
  {
    name: 'protection-changed'
    meaning: 'A vault, the storage account of the records or a lock was changed.'
    operations: [
      'Microsoft.KeyVault/vaults/write'
      'Microsoft.KeyVault/vaults/delete'
      'Microsoft.KeyVault/vaults/secrets/write'
      'Microsoft.Storage/storageAccounts/write'
      'Microsoft.Storage/storageAccounts/delete'
      'Microsoft.Authorization/locks/write'
      'Microsoft.Authorization/locks/delete'
    ]
  }
  {
    name: 'watch-changed'
    meaning: 'A diagnostic setting, a workspace, an alert or an action group was changed. Later changes may go unnoticed.'
    operations: [
      'Microsoft.Insights/diagnosticSettings/write'
      'Microsoft.Insights/diagnosticSettings/delete'
      'Microsoft.Insights/scheduledQueryRules/write'
      'Microsoft.Insights/scheduledQueryRules/delete'
      'Microsoft.Insights/activityLogAlerts/write'
      'Microsoft.Insights/activityLogAlerts/delete'
      'Microsoft.Insights/actionGroups/write'
      'Microsoft.Insights/actionGroups/delete'
      'Microsoft.AlertsManagement/actionRules/write'
      'Microsoft.OperationalInsights/workspaces/write'
      'Microsoft.OperationalInsights/workspaces/delete'
    ]
  }
  {
    name: 'site-changed'
    meaning: 'The app, its settings or App Service Authentication was changed.'
    operations: [
      'Microsoft.Web/sites/write'
      'Microsoft.Web/sites/delete'
      'Microsoft.Web/sites/config/write'
    ]
  }
  {
    name: 'keys-listed'
    meaning: 'Someone listed keys of the app, of a storage account or of the workspace.'
    operations: [
      'Microsoft.Web/sites/host/listkeys/action'
      'Microsoft.Web/sites/functions/listkeys/action'
      'Microsoft.Storage/storageAccounts/listKeys/action'
      'Microsoft.OperationalInsights/workspaces/sharedKeys/action'
    ]
  }
]

resource changes 'Microsoft.Insights/activityLogAlerts@2026-01-01' = [
  for watched in watchedOperations: {
    name: '${prefix}-${watched.name}'
    location: 'global'
    tags: tags
    properties: {
      description: '${watched.meaning} Runbook: infra/README.md or infra/runbook.md, section ${watched.name}.'
      enabled: true
      scopes: [
        groupId
      ]
      condition: {
        allOf: [
          {
            field: 'category'
            equals: 'Administrative'
          }
          {
            field: 'status'
            equals: 'Succeeded'
          }
          {
            anyOf: map(watched.operations, operation => {
              field: 'operationName'
              equals: operation
            })
          }
        ]
      }
      actions: {
        actionGroups: [
          for id in actionGroupIds: {
            actionGroupId: id
          }
        ]
      }
    }
  }
]

// An activity log alert cannot exclude a caller; an alert processing rule can. It matches the property `caller`, not the id alone,
// because a change made to the deploying identity contains that id too.
resource deployments 'Microsoft.AlertsManagement/actionRules@2021-08-08' = if (!empty(deploymentPrincipalIds)) {
  name: '${prefix}-deployments'
  location: 'global'
  tags: tags
  properties: {
    description: 'Suppresses notifications about changes made by a deployment.'
    enabled: true
    scopes: [
      groupId
    ]
    conditions: [
      {
        field: 'MonitorService'
        operator: 'Equals'
        values: [
          'ActivityLog Administrative'
        ]
      }
      {
        field: 'AlertContext'
        operator: 'Contains'
        values: flatten(map(deploymentPrincipalIds, id => [
          '"caller":"${id}"'
          '"caller": "${id}"'
        ]))
      }
    ]
    actions: [
      {
        actionType: 'RemoveAllActionGroups'
      }
    ]
  }
}
