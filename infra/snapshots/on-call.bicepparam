// On-call addresses, an alert on missing onboardings, and no notifications about the workflow's changes.
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
