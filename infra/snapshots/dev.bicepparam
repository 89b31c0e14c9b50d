// infra/main.dev.parameters.json, unchanged.
using '../main.bicep'

var file = loadJsonContent('../main.dev.parameters.json').parameters

param environmentName = file.environmentName.value
param fallbackLocation = file.fallbackLocation.value
param tags = file.tags.value
param callerAuthentication = file.callerAuthentication.value
param allowedIpRanges = file.allowedIpRanges.value
param deploymentIpRanges = file.deploymentIpRanges.value
param addressValidation = file.addressValidation.value
param maximumInstanceCount = file.maximumInstanceCount.value
param instanceMemoryMB = file.instanceMemoryMB.value
param perInstanceConcurrency = file.perInstanceConcurrency.value
param alertEmails = file.alertEmails.value
param logRetentionDays = file.logRetentionDays.value
