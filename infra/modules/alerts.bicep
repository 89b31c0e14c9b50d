@description('Start of the names of this environment.')
param prefix string

@description('Region of the rules.')
param location string

@description('Tags for every resource.')
param tags object

@description('Email addresses that receive every alert.')
@minLength(1)
param alertEmails array

@description('Email addresses that receive the urgent alerts. Empty: `alertEmails`.')
param onCallEmails array

@description('Hours without a successful onboarding after which to raise an alert. 0: no alert.')
param expectedOnboardingHours int

@description('Gigabytes of logs in a day above which to raise an alert.')
param dailyAlertGb int

@description('Object ids of the identities that deploy. Their changes notify nobody.')
param deploymentPrincipalIds array

@description('Workspace to query.')
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

@description('Vault for credentials when the credential vault is unavailable.')
param fallbackVaultId string

var onCallAddresses = empty(onCallEmails) ? alertEmails : onCallEmails

resource operators 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${prefix}-operators'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'csponb-ops'
    emailReceivers: [
      for (address, i) in alertEmails: {
        name: 'operator-${i}'
        emailAddress: address
        useCommonAlertSchema: true
      }
    ]
  }
}

resource onCall 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${prefix}-on-call'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'csponb-call'
    emailReceivers: [
      for (address, i) in onCallAddresses: {
        name: 'on-call-${i}'
        emailAddress: address
        useCommonAlertSchema: true
      }
    ]
  }
}

// Without on-call addresses, the operators receive each urgent alert only once.
var everyAlert = [
  operators.id
]
var urgentAlert = empty(onCallEmails)
  ? everyAlert
  : [
      operators.id
      onCall.id
    ]

module app 'alerts-app.bicep' = {
  params: {
    prefix: prefix
    location: location
    tags: tags
    workspaceId: workspaceId
    actionGroupIds: everyAlert
    onCallGroupIds: urgentAlert
    expectedOnboardingHours: expectedOnboardingHours
    dailyAlertGb: dailyAlertGb
  }
}

module vault 'alerts-vault.bicep' = {
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

module changes 'alerts-changes.bicep' = {
  params: {
    prefix: prefix
    tags: tags
    deploymentPrincipalIds: deploymentPrincipalIds
    actionGroupIds: urgentAlert
  }
}
