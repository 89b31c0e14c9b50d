@description('Start of the names of this environment.')
param prefix string

@description('Region of the rules.')
param location string

@description('Tags for every resource.')
param tags object

@description('Mail addresses that get every alert.')
@minLength(1)
param alertEmails array

@description('Mail addresses that get the urgent alerts; empty means the ones above.')
param onCallEmails array

@description('Hours without a successful onboarding that are worth an alert; 0 for never.')
param expectedOnboardingHours int

@description('Workspace that is asked.')
param workspaceId string

@description('Application Insights component that runs the availability test.')
param componentId string

@description('URL of the health route.')
param healthUrl string

@description('Object id of the app\'s identity.')
param appPrincipalId string

@description('Vault with the partner secrets.')
param partnerVaultId string

@description('Vault for customers\' credentials.')
param credentialVaultId string

@description('Vault that takes credentials when the other one does not.')
param fallbackVaultId string

var onCallAddresses = empty(onCallEmails) ? alertEmails : onCallEmails

resource operators 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${prefix}-operators'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'csponb-ops'
    emailReceivers: [for (address, i) in alertEmails: {
      name: 'operator-${i}'
      emailAddress: address
      useCommonAlertSchema: true
    }]
  }
}

resource onCall 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${prefix}-on-call'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'csponb-call'
    emailReceivers: [for (address, i) in onCallAddresses: {
      name: 'on-call-${i}'
      emailAddress: address
      useCommonAlertSchema: true
    }]
  }
}

// Nobody is told twice when there is nobody on call but the operators.
var everyAlert = [
  operators.id
]
var urgentAlert = empty(onCallEmails) ? everyAlert : [
  operators.id
  onCall.id
]

module app 'alerts-app.bicep' = {
  name: 'alerts-app'
  params: {
    prefix: prefix
    location: location
    tags: tags
    workspaceId: workspaceId
    actionGroupIds: everyAlert
    onCallGroupIds: urgentAlert
    expectedOnboardingHours: expectedOnboardingHours
  }
}

module vault 'alerts-vault.bicep' = {
  name: 'alerts-vault'
  params: {
    prefix: prefix
    location: location
    tags: tags
    workspaceId: workspaceId
    actionGroupIds: everyAlert
    onCallGroupIds: urgentAlert
    appPrincipalId: appPrincipalId
    partnerVaultName: last(split(partnerVaultId, '/'))
  }
}

module platform 'alerts-platform.bicep' = {
  name: 'alerts-platform'
  params: {
    prefix: prefix
    location: location
    tags: tags
    componentId: componentId
    healthUrl: healthUrl
    vaults: [
      {
        name: 'partner'
        id: partnerVaultId
      }
      {
        name: 'credentials'
        id: credentialVaultId
      }
      {
        name: 'fallback'
        id: fallbackVaultId
      }
    ]
    actionGroupIds: everyAlert
    onCallGroupIds: urgentAlert
  }
}
