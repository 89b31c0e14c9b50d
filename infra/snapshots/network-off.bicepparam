// The public endpoints stay open, an address of the partner may reach the vaults.
using '../main.bicep'
extends 'defaults.bicepparam'

param networkIsolation = false
param vaultAllowedIpRanges = [
  '203.0.113.7/32'
]
