import { complainUnless, created, expectProperties, fileOf, type Infra } from '../infra.ts';

/** Check 19: telemetry is taken from identities only. */
export function checkTelemetry(infra: Infra): string[] {
  const host = fileOf(infra, 'modules/app.bicep').variables.get('hostSettings') ?? '';
  return [
    ...created(infra, 'Microsoft.Insights/components').flatMap((one) =>
      expectProperties(one, { 'properties.DisableLocalAuth': 'true', 'properties.WorkspaceResourceId': /\.id$/ }),
    ),
    ...created(infra, 'Microsoft.OperationalInsights/workspaces').flatMap((one) =>
      expectProperties(one, { 'properties.features.disableLocalAuth': 'true', 'properties.retentionInDays': /./ }),
    ),
    ...complainUnless(
      /APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD;ClientId=\$\{identityClientId\}'/.test(host),
      'telemetry is not sent as the identity',
    ),
  ];
}

const alertTypes = {
  'Microsoft.Insights/scheduledQueryRules': 'properties.actions.actionGroups',
  'Microsoft.Insights/metricAlerts': 'properties.actions[*].actionGroupId',
  'Microsoft.Insights/activityLogAlerts': 'properties.actions.actionGroups[*].actionGroupId',
};

/** Check 22: every alert reaches an action group with receivers by parameter. */
export function checkAlerts(infra: Infra): string[] {
  const groups = created(infra, 'Microsoft.Insights/actionGroups');
  const emails = fileOf(infra, 'main.bicep').parameters.find(({ name }) => name === 'alertEmails');
  const alerts = Object.entries(alertTypes).flatMap(([type, path]) =>
    created(infra, type).flatMap((alert) => expectProperties(alert, { [path]: /^(id|actionGroupIds)$/ })),
  );
  const callers = infra.files.flatMap(({ modules }) => modules.filter(({ type }) => /^(log-alert|alerts-)/.test(type)));
  return [
    ...complainUnless(groups.length > 0, 'there is no action group'),
    ...groups.flatMap((group) => expectProperties(group, { 'properties.emailReceivers[*].emailAddress': 'address' })),
    ...complainUnless(
      emails?.decorators.get('minLength') === '1' && emails.value === undefined,
      'alerts may reach nobody',
    ),
    ...alerts,
    ...callers.flatMap(({ file, symbol, properties }) =>
      complainUnless(
        /Group|Alert/.test(properties.get('params.actionGroupIds') ?? ''),
        `${file}: ${symbol} tells nobody`,
      ),
    ),
    ...complainUnless(
      Object.keys(alertTypes).every((type) => created(infra, type).length > 0),
      'a kind of alert is missing',
    ),
  ];
}
