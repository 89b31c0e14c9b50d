// infra/main.production.parameters.json, with made-up ids for those that it leaves open.
using '../main.bicep'

var file = loadJsonContent('../main.production.parameters.json').parameters

param environmentName = file.environmentName.value
param fallbackLocation = file.fallbackLocation.value
param tags = file.tags.value
param callerAuthentication = file.callerAuthentication.value
param apiClientId = '00000000-0000-0000-0000-00000000000a'
param allowedCallerClientIds = [
  '00000000-0000-0000-0000-00000000000b'
]
param requiredAppRole = file.requiredAppRole.value
param maximumInstanceCount = file.maximumInstanceCount.value
param zoneRedundant = file.zoneRedundant.value
param alwaysReadyInstances = file.alwaysReadyInstances.value
param credentialExpiryDays = file.credentialExpiryDays.value
param expectedOnboardingHours = file.expectedOnboardingHours.value
param alertEmails = file.alertEmails.value
param onCallEmails = file.onCallEmails.value
param logRetentionDays = file.logRetentionDays.value
param logDailyAlertGb = file.logDailyAlertGb.value
