@description('Name of the rule, and of its section in the runbook.')
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

@description('Meaning of the alert, as its description.')
param meaning string

@description('Severity: 0 critical, 1 error, 2 warning, 3 informational.')
@minValue(0)
@maxValue(3)
param severity int

@description('Query whose rows are counted.')
param query string

@description('The alert fires if there are more rows than this, or fewer with `LessThan`.')
@minValue(0)
param threshold int

@description('How the number of rows is compared with the threshold.')
@allowed([
  'GreaterThan'
  'LessThan'
])
param operator string = 'GreaterThan'

@description('Time range of the query, as an ISO 8601 duration.')
param window string

@description('Time between two evaluations, as an ISO 8601 duration.')
param frequency string

@description('False: the rule exists, but is disabled.')
param enabled bool = true

@description('Action groups to notify.')
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
    // In a new workspace, these tables do not exist until the first line arrives.
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
