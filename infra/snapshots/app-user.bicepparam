// App+User: the app stores the renewed refresh token itself.
using '../main.bicep'
extends 'defaults.bicepparam'

param partnerAuthFlow = 'app+user'
