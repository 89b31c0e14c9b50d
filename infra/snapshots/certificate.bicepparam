// The partner app authenticates with a certificate, and the writer role already exists.
using '../main.bicep'
extends 'defaults.bicepparam'

param partnerClientCredential = 'certificate'
param writerRoleDefinitionId = '/subscriptions/00000000-0000-0000-0000-000000000001/providers/Microsoft.Authorization/roleDefinitions/00000000-0000-0000-0000-00000000000d'
