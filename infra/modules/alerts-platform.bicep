// Alerts on platform metrics.

@description('Start of the names of this environment.')
param prefix string

@description('Region of the availability test.')
param location string

@description('Tags for every resource.')
param tags object

@description('Application Insights component that runs the availability test.')
param componentId string

@description('URL of the health route.')
param healthUrl string

@description('Short name and resource id of each vault.')
param vaults array

@description('Action groups that receive every alert.')
@minLength(1)
param actionGroupIds array

@description('Action groups that receive the urgent alerts.')
@minLength(1)
param onCallGroupIds array

var testLocations = [
  'emea-nl-ams-azr'
  'emea-gb-db3-azr'
  'us-va-ash-azr'
  'us-ca-sjc-azr'
  'apac-sg-sin-azr'
]

resource healthTest 'Microsoft.Insights/webtests@2022-06-15' = {
  name: '${prefix}-health'
  location: location
  kind: 'standard'
  tags: union(tags, {
    'hidden-link:${componentId}': 'Resource'
  })
  properties: {
    #disable-next-line use-resource-id-functions
    SyntheticMonitorId: '${prefix}-health'
    Name: '${prefix}-health'
    Kind: 'standard'
    Enabled: true
    Frequency: 300
    Timeout: 60
    RetryEnabled: true
    Locations: [
      for place in testLocations: {
        #disable-next-line use-resource-id-functions
        Id: place
      }
    ]
    Request: {
      RequestUrl: healthUrl
      HttpVerb: 'GET'
      ParseDependentRequests: false
      FollowRedirects: false
    }
    ValidationRules: {
      ExpectedHttpStatusCode: 200
      SSLCheck: true
      SSLCertRemainingLifetimeCheck: 14
    }
  }
}

resource appUnreachable 'Microsoft.Insights/metricAlerts@2026-01-01' = {
  name: '${prefix}-app-unreachable'
  location: 'global'
  tags: tags
  properties: {
    description: 'The health route does not answer from three locations. Runbook: infra/README.md or infra/runbook.md, section app-unreachable.'
    severity: 1
    enabled: true
    scopes: [
      healthTest.id
      componentId
    ]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
      webTestId: healthTest.id
      componentId: componentId
      failedLocationCount: 3
    }
    actions: [
      for id in onCallGroupIds: {
        actionGroupId: id
      }
    ]
  }
}

resource vaultUnavailable 'Microsoft.Insights/metricAlerts@2026-01-01' = [
  for vault in vaults: {
    name: '${prefix}-vault-unavailable-${vault.name}'
    location: 'global'
    tags: tags
    properties: {
      description: 'Calls to a vault fail. Runbook: infra/README.md or infra/runbook.md, section vault-unavailable.'
      severity: 1
      enabled: true
      scopes: [
        vault.id
      ]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      autoMitigate: true
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion'
            name: 'availability'
            metricName: 'Availability'
            timeAggregation: 'Average'
            operator: 'LessThan'
            threshold: 95
          }
        ]
      }
      actions: [
        for id in onCallGroupIds: {
          actionGroupId: id
        }
      ]
    }
  }
]

resource vaultSaturated 'Microsoft.Insights/metricAlerts@2026-01-01' = [
  for vault in vaults: {
    name: '${prefix}-vault-saturated-${vault.name}'
    location: 'global'
    tags: tags
    properties: {
      description: 'A vault is close to its call limit. Runbook: infra/README.md or infra/runbook.md, section vault-saturated.'
      severity: 2
      enabled: true
      scopes: [
        vault.id
      ]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      autoMitigate: true
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion'
            name: 'saturation'
            metricName: 'SaturationShoebox'
            timeAggregation: 'Average'
            operator: 'GreaterThan'
            threshold: 75
          }
        ]
      }
      actions: [
        for id in actionGroupIds: {
          actionGroupId: id
        }
      ]
    }
  }
]
