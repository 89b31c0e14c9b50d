// VNet integration with an existing subnet.
using '../main.bicep'
extends 'defaults.bicepparam'

param networkIsolation = false
param existingSubnetId = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/hub/subnets/onboarding'
