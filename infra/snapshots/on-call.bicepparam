// Somebody is on call, quiet hours are an alert, and the workflow's changes are none.
using '../main.bicep'
extends 'defaults.bicepparam'

param onCallEmails = [
  'on-call@partner.example'
  ''
]
param expectedOnboardingHours = 24
param deploymentPrincipalIds = [
  '00000000-0000-0000-0000-00000000000e'
]
