// App+User: the app stores the renewed refresh token.
using '../main.bicep'
extends 'defaults.bicepparam'

param partnerAuthFlow = 'app+user'
