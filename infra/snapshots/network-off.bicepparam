// Without a virtual network: the public endpoints are open, and one address can reach the vaults.
using '../main.bicep'
extends 'defaults.bicepparam'

param networkIsolation = false
param vaultAllowedIpRanges = [
  '203.0.113.7/32'
]
