// The partner tenant is in the cloud operated by 21Vianet.
using '../main.bicep'
extends 'defaults.bicepparam'

param partnerCloud = 'china'
param customerDomainSuffix = 'partner.onmschina.cn'
