// Alerts on the audit log of the vaults (Azure documentation, "Key Vault logging"). Log entries can arrive ten minutes late.

@description('Start of the names of this environment.')
param prefix string

@description('Region of the rules.')
param location string

@description('Tags for every resource.')
param tags object

@description('Workspace to query.')
param workspaceId string

@description('Action groups that receive every alert.')
@minLength(1)
param actionGroupIds array

@description('Action groups that receive the urgent alerts.')
@minLength(1)
param onCallGroupIds array

@description('Object id of the app\'s identity.')
param appPrincipalId string

@description('Name of the partner vault, the only one whose secrets the app reads.')
param partnerVaultName string

var rules = [
  {
    name: 'secret-read-by-others'
    severity: 1
    meaning: 'An identity other than the app\'s read or backed up a secret, or any identity read one in a credential vault. A backup can be restored elsewhere and read there.'
    query: '''
AZKVAuditLogs
| where OperationName in ('SecretGet', 'SecretBackup') and HttpStatusCode == 200
| where not(OperationName == 'SecretGet' and tostring(Identity) has '{appPrincipalId}' and _ResourceId endswith '/{partnerVaultName}')
| project TimeGenerated, _ResourceId, CallerIpAddress, Identity, RequestUri
'''
    threshold: 0
    window: 'PT30M'
    frequency: 'PT15M'
  }
  {
    name: 'secret-written-by-others'
    severity: 1
    meaning: 'An identity other than the app\'s set, restored or changed a secret.'
    query: '''
AZKVAuditLogs
| where OperationName in ('SecretSet', 'SecretRestore', 'SecretUpdate') and HttpStatusCode == 200
| where not(OperationName == 'SecretSet' and tostring(Identity) has '{appPrincipalId}')
| project TimeGenerated, OperationName, _ResourceId, CallerIpAddress, Identity, RequestUri
'''
    threshold: 0
    window: 'PT30M'
    frequency: 'PT15M'
  }
  {
    name: 'secret-removed'
    severity: 1
    meaning: 'A secret or a vault was deleted or purged.'
    query: '''
AZKVAuditLogs
| where OperationName in ('SecretDelete', 'SecretPurge', 'VaultDelete', 'VaultPurge') and HttpStatusCode < 300
| project TimeGenerated, OperationName, _ResourceId, CallerIpAddress, Identity, RequestUri
'''
    threshold: 0
    window: 'PT30M'
    frequency: 'PT15M'
  }
  {
    name: 'vault-denied'
    severity: 2
    meaning: 'A vault refused calls: a role is missing, the firewall denies an address, or someone probes the vault.'
    query: '''
AZKVAuditLogs
| where HttpStatusCode == 403
| project TimeGenerated, OperationName, _ResourceId, CallerIpAddress, Identity, ResultDescription
'''
    threshold: 3
    window: 'PT30M'
    frequency: 'PT15M'
  }
  {
    name: 'secret-near-expiry'
    severity: 2
    meaning: 'A secret expires within 30 days, or has expired.'
    query: '''
AZKVAuditLogs
| where OperationName in ('SecretNearExpiryEventGridNotification', 'SecretExpiredEventGridNotification')
| project TimeGenerated, OperationName, _ResourceId, RequestUri
'''
    threshold: 0
    window: 'P1D'
    frequency: 'PT1H'
  }
]

module alerts 'log-alert.bicep' = [
  for rule in rules: {
    params: {
      name: rule.name
      prefix: prefix
      location: location
      tags: tags
      workspaceId: workspaceId
      meaning: rule.meaning
      severity: rule.severity
      query: replace(
        replace(rule.query, '{appPrincipalId}', appPrincipalId),
        '{partnerVaultName}',
        toLower(partnerVaultName)
      )
      threshold: rule.threshold
      window: rule.window
      frequency: rule.frequency
      actionGroupIds: rule.severity <= 1 ? onCallGroupIds : actionGroupIds
    }
  }
]
