// The identity of the app proves the partner app.
using '../main.bicep'
extends 'defaults.bicepparam'

param partnerClientCredential = 'managed-identity'
