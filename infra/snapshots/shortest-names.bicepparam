// The shortest environment name and the smallest network.
using '../main.bicep'
extends 'defaults.bicepparam'

param environmentName = 'qa'
param networkAddressPrefix = '10.40.0.0/26'
