// The partner is in the cloud of 21Vianet.
using '../main.bicep'
extends 'defaults.bicepparam'

param partnerCloud = 'china'
param customerDomainSuffix = 'partner.onmschina.cn'
