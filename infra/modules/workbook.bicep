@description('Name of the workbook, a GUID.')
@minLength(36)
@maxLength(36)
param name string

@description('Title of the workbook.')
param displayName string

@description('Region of the workbook.')
param location string

@description('Tags for every resource.')
param tags object

@description('Workspace to query.')
param workspaceId string

var panels = [
  {
    title: 'Onboardings by outcome'
    chart: 'barchart'
    query: '''
AppTraces
| extend line = parse_json(Message)
| where tostring(line.event) == 'onboarding'
| summarize onboardings = count() by bin(TimeGenerated, 1h), outcome = tostring(line.outcome)
'''
  }
  {
    title: 'Duration of onboardings, milliseconds'
    chart: 'timechart'
    query: '''
AppTraces
| extend line = parse_json(Message)
| where tostring(line.event) == 'onboarding'
| summarize p50 = percentile(tolong(line.durationMs), 50), p95 = percentile(tolong(line.durationMs), 95) by bin(TimeGenerated, 1h)
'''
  }
  {
    title: 'Calls to upstream services'
    chart: 'table'
    query: '''
AppTraces
| extend line = parse_json(Message)
| where tostring(line.event) == 'upstream'
| summarize calls = count(), failed = countif(toint(line.status) >= 500), throttled = countif(toint(line.status) == 429), p50 = percentile(tolong(line.durationMs), 50), p95 = percentile(tolong(line.durationMs), 95) by upstream = tostring(line.upstream), operation = tostring(line.operation)
| order by calls desc
'''
  }
  {
    title: 'Errors that need attention'
    chart: 'table'
    query: '''
AppTraces
| extend line = parse_json(Message)
| where SeverityLevel >= 3
| project TimeGenerated, event = tostring(line.event), customerId = tostring(line.customerId), correlationId = tostring(line.correlationId), Message
| order by TimeGenerated desc
| take 100
'''
  }
  {
    title: 'Follow one onboarding: replace the correlation id in the query'
    chart: 'table'
    query: '''
AppTraces
| extend line = parse_json(Message)
| where tostring(line.correlationId) == '00000000-0000-0000-0000-000000000000'
| project TimeGenerated, event = tostring(line.event), upstream = tostring(line.upstream), operation = tostring(line.operation), status = toint(line.status), outcome = tostring(line.outcome), requestId = tostring(line.requestId), durationMs = tolong(line.durationMs)
| order by TimeGenerated asc
'''
  }
  {
    title: 'Vault operations'
    chart: 'table'
    query: '''
AZKVAuditLogs
| summarize calls = count(), refused = countif(HttpStatusCode == 403) by OperationName, vault = tostring(split(_ResourceId, '/')[8])
| order by calls desc
'''
  }
]

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: displayName
    category: 'workbook'
    sourceId: workspaceId
    serializedData: string({
      version: 'Notebook/1.0'
      fallbackResourceIds: [
        workspaceId
      ]
      items: map(panels, panel => {
        type: 3
        name: panel.title
        content: {
          version: 'KqlItem/1.0'
          query: panel.query
          size: 0
          title: panel.title
          timeContext: {
            durationMs: 86400000
          }
          queryType: 0
          resourceType: 'microsoft.operationalinsights/workspaces'
          visualization: panel.chart
        }
      })
    })
  }
}

output id string = workbook.id
