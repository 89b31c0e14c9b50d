// The workflow deploys: its identity has Contributor, and touches no role and no lock.
using '../main.bicep'
extends 'defaults.bicepparam'

param deployRights = false
