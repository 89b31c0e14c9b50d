import { at, complainUnless, expectAt, ofType, settingsOf, type Snapshot } from '../snapshot.ts';

const workspace = 'Microsoft.OperationalInsights/workspaces';

/** Check 19: telemetry is accepted from identities only. */
export function checkTelemetry(snapshot: Snapshot): string[] {
  const sent = settingsOf(snapshot).get('APPLICATIONINSIGHTS_AUTHENTICATION_STRING') ?? '';
  return [
    ...expectAt(snapshot, 'Microsoft.Insights/components', {
      'properties.DisableLocalAuth': true,
      'properties.WorkspaceResourceId': ofType(snapshot, workspace)[0]?.id,
    }),
    ...expectAt(snapshot, workspace, { 'properties.features.disableLocalAuth': true }),
    ...complainUnless(
      sent.startsWith("format('Authorization=AAD;ClientId={0}', reference("),
      'telemetry is not sent with an identity',
    ),
  ];
}

const alertTypes = {
  'Microsoft.Insights/scheduledQueryRules': 'properties.actions.actionGroups',
  'Microsoft.Insights/metricAlerts': 'properties.actions',
  'Microsoft.Insights/activityLogAlerts': 'properties.actions.actionGroups',
};

/** Check 22: every alert has an action group with a receiver. */
export function checkAlerts(snapshot: Snapshot): string[] {
  const groups = ofType(snapshot, 'Microsoft.Insights/actionGroups');
  const reached = groups.filter((one) => /@/.test(String(at(one, 'properties.emailReceivers.0.emailAddress'))));
  return [
    ...complainUnless(reached.length === groups.length && groups.length > 0, 'an action group has no receiver'),
    ...Object.entries(alertTypes).flatMap(([type, path]) => [
      ...complainUnless(ofType(snapshot, type).length > 0, `${type} is missing`),
      ...ofType(snapshot, type).flatMap((one) => {
        const told = JSON.stringify(at(one, path) ?? []);
        return complainUnless(
          reached.some(({ id }) => told.includes(`"${id}"`)),
          `${snapshot.name}: ${one.name} notifies nobody`,
        );
      }),
    ]),
  ];
}

/** Operations with which a person could act as the app, read a vault or hide what was done. */
export const watched = `
  Microsoft.Authorization/roleAssignments/write Microsoft.Authorization/roleAssignments/delete
  Microsoft.Authorization/roleDefinitions/write Microsoft.Authorization/locks/delete
  Microsoft.ManagedIdentity/userAssignedIdentities/assign/action
  Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write
  Microsoft.KeyVault/vaults/write Microsoft.KeyVault/vaults/delete Microsoft.KeyVault/vaults/secrets/write
  Microsoft.Insights/diagnosticSettings/write Microsoft.Insights/diagnosticSettings/delete
  Microsoft.Insights/scheduledQueryRules/delete Microsoft.OperationalInsights/workspaces/write
  Microsoft.OperationalInsights/workspaces/delete Microsoft.Web/sites/write Microsoft.Web/sites/config/write
  Microsoft.Web/sites/host/listkeys/action Microsoft.Storage/storageAccounts/listKeys/action
`
  .trim()
  .split(/\s+/);

/** What a log alert must query, by the end of its name. `reference(` stands for the app's identity, which is left out. */
const queried: Readonly<Record<string, readonly string[]>> = {
  'secret-read-by-others': ['SecretGet', 'SecretBackup', 'reference('],
  'secret-written-by-others': ['SecretSet', 'SecretRestore', 'SecretUpdate', 'reference('],
  'secret-removed': ['SecretDelete', 'SecretPurge', 'VaultDelete'],
  'credentials-at-risk': ['CredentialsNotStored', 'CredentialsLost'],
  'password-reset': ['PasswordReset'],
  'log-volume': ['Usage'],
};

/** Check 28: alerts on the audit log and on every watched operation, in a workspace without a cap. */
export function checkSight(snapshot: Snapshot): string[] {
  const changes = ofType(snapshot, 'Microsoft.Insights/activityLogAlerts');
  const active = JSON.stringify(changes.filter((one) => at(one, 'properties.enabled') === true));
  const rules = ofType(snapshot, 'Microsoft.Insights/scheduledQueryRules');
  const [{ id } = {}] = ofType(snapshot, workspace);
  return [
    ...expectAt(snapshot, workspace, { 'properties.workspaceCapping.dailyQuotaGb': -1 }),
    ...expectAt(snapshot, 'Microsoft.Insights/scheduledQueryRules', { 'properties.scopes': [id] }),
    ...watched.filter((name) => !active.includes(`"${name}"`)).map((name) => `${name} raises no alert`),
    ...Object.entries(queried).flatMap(([name, words]) => {
      const rule = rules.find((one) => one.name.endsWith(`-${name}`) && at(one, 'properties.enabled') === true);
      const query = String(at(rule, 'properties.criteria.allOf.0.query'));
      return words.filter((word) => !query.includes(word)).map((word) => `${name} does not query ${word}`);
    }),
  ];
}

/** Check 31: alerts set autoMitigate; with deploymentPrincipalIds, changes by a deployment notify nobody. */
export function checkAlertForm(snapshot: Snapshot): string[] {
  const rule = 'Microsoft.AlertsManagement/actionRules';
  const rules = ['Microsoft.Insights/scheduledQueryRules', 'Microsoft.Insights/metricAlerts'];
  return [
    ...rules.flatMap((type) =>
      ofType(snapshot, type).flatMap((one) =>
        complainUnless(typeof at(one, 'properties.autoMitigate') === 'boolean', `${one.name}: autoMitigate`),
      ),
    ),
    ...complainUnless(
      (ofType(snapshot, rule).length === 1) === (snapshot.name === 'on-call'),
      'deployments notify people',
    ),
    ...expectAt(snapshot, rule, {
      'properties.conditions.0.values': ['ActivityLog Administrative'],
      'properties.conditions.1.values.0': '"caller":"00000000-0000-0000-0000-00000000000e"',
      'properties.actions': [{ actionType: 'RemoveAllActionGroups' }],
    }),
  ];
}
