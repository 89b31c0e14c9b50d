// The required parameters. The other files in this folder extend it.
using none

param environmentName = 'dev'
param fallbackLocation = 'northeurope'
param callerAuthentication = 'key'
param alertEmails = [
  'operations@partner.example'
]
