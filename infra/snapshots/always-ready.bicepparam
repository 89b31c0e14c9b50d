// Instances are kept warm, in several zones.
using '../main.bicep'
extends 'defaults.bicepparam'

param alwaysReadyInstances = 2
param zoneRedundant = true
param nodeVersion = '24'
