// The longest name of an environment, and of a table.
using '../main.bicep'
extends 'defaults.bicepparam'

param environmentName = 'production-1'
param recordTableName = 'onboardings0onboardings0onboardings0onboardings0onboardings0onb'
