// Alerts on the app's log lines: one JSON object per line; infra/README.md, "What the app logs", lists the values of `event`.

@description('Start of the names of this environment.')
param prefix string

@description('Region of the rules.')
param location string

@description('Tags for every resource.')
param tags object

@description('Workspace to query.')
param workspaceId string

@description('Action groups that receive every alert.')
@minLength(1)
param actionGroupIds array

@description('Action groups that receive the urgent alerts.')
@minLength(1)
param onCallGroupIds array

@description('Gigabytes of logs in a day above which to raise an alert.')
param dailyAlertGb int

@description('Hours without a successful onboarding after which to raise an alert. 0: no alert.')
param expectedOnboardingHours int

var rules = [
  {
    name: 'credentials-at-risk'
    severity: 0
    meaning: 'A customer exists, and its credentials are in no vault or are lost.'
    query: '''
AppTraces
| extend line = parse_json(Message)
| where tostring(line.event) in ('CredentialsNotStored', 'CredentialsLost')
| project TimeGenerated, event = tostring(line.event), customerId = tostring(line.customerId), requestId = tostring(line.requestId), reason = tostring(line.reason), correlationId = tostring(line.correlationId)
'''
    threshold: 0
    window: 'PT5M'
    frequency: 'PT5M'
  }
  {
    name: 'password-reset'
    severity: 1
    meaning: 'The app reset the administrator password of a customer, because the first password could not be recovered. The audit log of Partner Center must show exactly this reset for the customer.'
    query: '''
AppTraces
| extend line = parse_json(Message)
| where tostring(line.event) == 'PasswordReset'
| project TimeGenerated, customerId = tostring(line.customerId), correlationId = tostring(line.correlationId)
'''
    threshold: 0
    window: 'PT15M'
    frequency: 'PT15M'
  }
  {
    name: 'outcome-unknown'
    severity: 1
    meaning: 'It is unknown whether a customer exists, or its recovery has not finished.'
    query: '''
AppTraces
| extend line = parse_json(Message)
| where tostring(line.event) == 'OutcomeUnknown'
| project TimeGenerated, why = tostring(line.why), requestId = tostring(line.requestId), correlationId = tostring(line.correlationId)
'''
    threshold: 0
    window: 'PT15M'
    frequency: 'PT15M'
  }
  {
    name: 'vault-refused-write'
    severity: 1
    meaning: 'A vault refused to store credentials. The other vault stores them, if it accepts writes.'
    query: '''
AppTraces
| extend line = parse_json(Message)
| where tostring(line.event) == 'VaultRefusedWrite'
| project TimeGenerated, vault = tostring(line.vault), reason = tostring(line.reason), remedy = tostring(line.remedy)
'''
    threshold: 0
    window: 'PT15M'
    frequency: 'PT15M'
  }
  {
    name: 'partner-sign-in'
    severity: 1
    meaning: 'The app cannot sign in to Partner Center, or the refresh token is old or could not be renewed or stored.'
    query: '''
AppTraces
| extend line = parse_json(Message)
| where tostring(line.event) in ('PartnerAuthenticationFailed', 'RefreshTokenRenewalFailed', 'RefreshTokenNotStored', 'RefreshTokenOld')
| project TimeGenerated, event = tostring(line.event), secret = tostring(line.secret), code = tostring(line.code), reason = tostring(line.reason), correlationId = tostring(line.correlationId)
'''
    threshold: 0
    window: 'PT15M'
    frequency: 'PT15M'
  }
  {
    name: 'configuration-error'
    severity: 1
    meaning: 'A setting or a partner secret is missing or wrong. Onboardings fail.'
    query: '''
AppTraces
| extend line = parse_json(Message)
| where tostring(line.event) == 'ConfigurationError'
| project TimeGenerated, setting = tostring(line.setting), secret = tostring(line.secret), check = tostring(line.check), reason = tostring(line.reason)
'''
    threshold: 0
    window: 'PT15M'
    frequency: 'PT15M'
  }
  {
    name: 'onboarding-failures'
    severity: 2
    meaning: 'Several onboardings failed with a 5xx status.'
    query: '''
AppTraces
| extend line = parse_json(Message)
| where tostring(line.event) == 'onboarding' and toint(line.status) >= 500
| project TimeGenerated, outcome = tostring(line.outcome), status = toint(line.status), correlationId = tostring(line.correlationId)
'''
    threshold: 2
    window: 'PT15M'
    frequency: 'PT15M'
  }
  {
    name: 'upstream-trouble'
    severity: 3
    meaning: 'Partner Center or Entra throttles calls, fails or does not answer.'
    query: '''
AppTraces
| extend line = parse_json(Message)
| where tostring(line.event) == 'upstream' and tostring(line.upstream) in ('partner-center', 'entra')
| where toint(line.status) == 429 or toint(line.status) >= 500 or isnull(toint(line.status)) or toint(line.status) == 0
| project TimeGenerated, upstream = tostring(line.upstream), operation = tostring(line.operation), status = toint(line.status), durationMs = tolong(line.durationMs), correlationId = tostring(line.correlationId)
'''
    threshold: 10
    window: 'PT15M'
    frequency: 'PT15M'
  }
  {
    name: 'server-failures'
    severity: 2
    meaning: 'The host answers calls with 5xx, which the app may not have logged.'
    query: '''
AppRequests
| where toint(ResultCode) >= 500
| project TimeGenerated, Name, ResultCode, OperationId
'''
    threshold: 4
    window: 'PT15M'
    frequency: 'PT15M'
  }
  {
    name: 'callers-refused'
    severity: 3
    meaning: 'Many calls have no valid key, token or app role.'
    query: '''
AppRequests
| where toint(ResultCode) in (401, 403)
| project TimeGenerated, Name, ResultCode, OperationId
'''
    threshold: 10
    window: 'PT15M'
    frequency: 'PT15M'
  }
]

module alerts 'log-alert.bicep' = [
  for rule in rules: {
    params: {
      name: rule.name
      prefix: prefix
      location: location
      tags: tags
      workspaceId: workspaceId
      meaning: rule.meaning
      severity: rule.severity
      query: rule.query
      threshold: rule.threshold
      window: rule.window
      frequency: rule.frequency
      actionGroupIds: rule.severity <= 1 ? onCallGroupIds : actionGroupIds
    }
  }
]

module logVolume 'log-alert.bicep' = {
  params: {
    name: 'log-volume'
    prefix: prefix
    location: location
    tags: tags
    workspaceId: workspaceId
    meaning: 'More logs than expected arrived within a day. Ingestion continues: find their source.'
    severity: 2
    query: replace(
      '''
Usage
| where IsBillable
| summarize gigabytes = sum(Quantity) / 1000
| where gigabytes > {dailyAlertGb}
''',
      '{dailyAlertGb}',
      string(dailyAlertGb)
    )
    threshold: 0
    window: 'P1D'
    frequency: 'PT1H'
    actionGroupIds: actionGroupIds
  }
}

module noSuccess 'log-alert.bicep' = {
  params: {
    name: 'no-success'
    prefix: prefix
    location: location
    tags: tags
    workspaceId: workspaceId
    meaning: 'No onboarding succeeded in the expected time.'
    severity: 2
    query: '''
AppTraces
| extend line = parse_json(Message)
| where tostring(line.event) == 'onboarding' and tostring(line.outcome) in ('Succeeded', 'Replayed')
| project TimeGenerated, correlationId = tostring(line.correlationId)
'''
    threshold: 1
    operator: 'LessThan'
    window: expectedOnboardingHours > 6 ? 'P${expectedOnboardingHours / 24}D' : 'PT${max(expectedOnboardingHours, 1)}H'
    frequency: expectedOnboardingHours > 6 ? 'PT1H' : 'PT15M'
    enabled: expectedOnboardingHours > 0
    actionGroupIds: actionGroupIds
  }
}
