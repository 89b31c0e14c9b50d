// Callers sign in with Entra. Some lists contain blank entries, as azd passes them.
using '../main.bicep'
extends 'defaults.bicepparam'

param callerAuthentication = 'entra'
param apiClientId = '00000000-0000-0000-0000-00000000000a'
param allowedCallerClientIds = [
  ' '
  '00000000-0000-0000-0000-00000000000b'
]
param allowedCallerObjectIds = [
  '00000000-0000-0000-0000-00000000000c'
]
param allowedServiceTags = [
  'LogicApps'
  ''
]
param allowedIpRanges = [
  ''
  '203.0.113.7/32'
]
param deploymentIpRanges = [
  '203.0.113.8/32'
]
