// What every deployment has to say; the other files of this folder start from it.
using none

param environmentName = 'dev'
param fallbackLocation = 'northeurope'
param callerAuthentication = 'key'
param alertEmails = [
  'operations@partner.example'
]
