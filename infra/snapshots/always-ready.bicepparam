// Always-ready instances, across availability zones, on Node.js 24.
using '../main.bicep'
extends 'defaults.bicepparam'

param alwaysReadyInstances = 2
param zoneRedundant = true
param nodeVersion = '24'
