@description('Name of the rule; the runbook in infra/README.md has a section of that name.')
@minLength(3)
@maxLength(60)
param name string

@description('Start of the names of this environment.')
param prefix string

@description('Region of the rule.')
param location string

@description('Tags for every resource.')
param tags object

@description('Workspace to query.')
param workspaceId string

@description('What it means when the rule fires.')
param meaning string

@description('0 critical, 1 error, 2 warning, 3 informational.')
@minValue(0)
@maxValue(3)
param severity int

@description('The query; each row counts.')
param query string

@description('The rule fires when there are more rows than this, or fewer with `LessThan`.')
@minValue(0)
param threshold int

@description('How the number of rows is held against the threshold.')
@allowed([
  'GreaterThan'
  'LessThan'
])
param operator string = 'GreaterThan'

@description('Time that one look covers, ISO 8601.')
param window string

@description('Time between two looks, ISO 8601.')
param frequency string

@description('False leaves the rule in place but silent.')
param enabled bool = true

@description('Action groups that are told.')
@minLength(1)
param actionGroupIds array

resource rule 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = {
  name: '${prefix}-${name}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: '${prefix}: ${name}'
    description: '${meaning} Runbook: infra/README.md or infra/runbook.md, section ${name}.'
    enabled: enabled
    severity: severity
    scopes: [
      workspaceId
    ]
    evaluationFrequency: frequency
    windowSize: window
    autoMitigate: severity > 1
    // A new workspace has none of these tables until the first line arrives.
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: query
          timeAggregation: 'Count'
          operator: operator
          threshold: threshold
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    actions: {
      actionGroups: actionGroupIds
    }
  }
}

output id string = rule.id
