// The partner app authenticates with the app's managed identity.
using '../main.bicep'
extends 'defaults.bicepparam'

param partnerClientCredential = 'managed-identity'
