// The workflow deploys: its identity has only Contributor, so roles and locks are left out.
using '../main.bicep'
extends 'defaults.bicepparam'

param deployRights = false
