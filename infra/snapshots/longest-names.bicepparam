// The longest environment name and the longest table name.
using '../main.bicep'
extends 'defaults.bicepparam'

param environmentName = 'production-1'
param recordTableName = 'onboardings0onboardings0onboardings0onboardings0onboardings0onb'
