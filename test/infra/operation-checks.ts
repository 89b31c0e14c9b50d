import {
  checkApiVersions,
  checkNames,
  checkPortability,
  checkSecrets,
  checkTagsAndLocation,
} from './checks/hygiene.ts';
import { checkNetwork, checkOutbound } from './checks/network.ts';
import { checkAlertForm, checkAlerts, checkSight, checkTelemetry, watched } from './checks/operation.ts';
import { checkScale } from './checks/site.ts';
import { wrong, type Break, type ReviewCheck } from './review-check.ts';
import { at, ofType, snapshotOf } from './snapshot.ts';

const [site, endpoint, subnet] = ['Web/sites', 'Network/privateEndpoints', 'Network/virtualNetworks/subnets'];
const [log, metric, activity] = ['scheduledQueryRules', 'metricAlerts', 'activityLogAlerts'].map(
  (name) => `Insights/${name}`,
) as [string, string, string];
const scale = 'properties.functionAppConfig.scaleAndConcurrency';
const [group, workspace] = ['Network/networkSecurityGroups', 'OperationalInsights/workspaces'];
const rules = 'properties.securityRules';
const query = 'properties.criteria.allOf.0.query';

/** Replaces the operation in the alert that watches it. */
function unwatch(operation: string): Break {
  const conditions = 'properties.condition.allOf.2.anyOf';
  for (const { type, id, ...one } of ofType(snapshotOf('dev'), `Microsoft.${activity}`)) {
    const watchedHere = at(one, conditions) as readonly { equals: string }[];
    const index = watchedHere.findIndex(({ equals }) => equals === operation);
    if (index >= 0)
      return wrong(type.slice('Microsoft.'.length), `${conditions}.${String(index)}.equals`, '', 'dev', id);
  }
  throw new Error(`no alert watches ${operation}`);
}

/** Review checks 18 to 25, 27, 28, 30 and 31: network, alerts, names and form. */
export const operationChecks: readonly ReviewCheck[] = [
  {
    title: '18. with the network option, vaults and storage are reached through private endpoints only',
    check: checkNetwork,
    broken: [
      wrong(subnet, 'properties.delegations', []),
      wrong(subnet, 'properties.networkSecurityGroup', undefined, 'dev', 'subnets/endpoints'),
      wrong(endpoint, '', undefined, 'dev', 'pe-records'),
      wrong(endpoint, 'properties.privateLinkServiceConnections.0.properties.groupIds', ['blob'], 'dev', 'pe-partner'),
      wrong(site, 'properties.virtualNetworkSubnetId', null),
      wrong('Network/privateDnsZones', ''),
      wrong('Storage/storageAccounts', 'properties.publicNetworkAccess', 'Enabled'),
    ],
  },
  {
    title: '19. telemetry is accepted from identities only',
    check: checkTelemetry,
    broken: [
      wrong('Insights/components', 'properties.DisableLocalAuth', false),
      wrong(workspace, 'properties.features.disableLocalAuth', false),
      wrong(site, 'properties.siteConfig.appSettings', ''),
    ],
  },
  {
    title: '20. the template contains no secrets',
    check: checkSecrets,
    broken: [
      wrong(site, 'properties.note', 'k8Q~abcdefghijklmnopqrstuvwxyz~ABCDEFGHIJ'),
      wrong(site, 'type', 'Microsoft.KeyVault/vaults/secrets'),
    ],
  },
  {
    title: '21. scale is bounded, and the Node.js version is supported',
    check: checkScale,
    broken: [
      wrong(site, 'properties.functionAppConfig.runtime.version', '23'),
      wrong(site, `${scale}.maximumInstanceCount`),
      wrong(site, `${scale}.triggers.http.perInstanceConcurrency`, 1000),
    ],
  },
  {
    title: '22. every alert has a receiver',
    check: checkAlerts,
    broken: [
      wrong(log, 'properties.actions.actionGroups', []),
      wrong(metric, 'properties.actions', []),
      wrong(activity, 'properties.actions.actionGroups', []),
      wrong('Insights/actionGroups', 'properties.emailReceivers', []),
      wrong('Insights/actionGroups', 'properties.emailReceivers.0.emailAddress', '', 'on-call', 'on-call'),
    ],
  },
  {
    title: '23. resources have tags, and the region of the deployment',
    check: checkTagsAndLocation,
    broken: [wrong(site, 'tags'), wrong('ManagedIdentity/userAssignedIdentities', 'location', 'eastus')],
  },
  {
    title: '24. API versions are stable and approved',
    check: checkApiVersions,
    broken: [wrong(site, 'apiVersion', '2024-04-01-preview')],
  },
  {
    title: '25. no domain of a single cloud is hard-coded',
    check: checkPortability,
    broken: [wrong(site, 'properties.note', 'https://login.microsoftonline.com/')],
  },
  {
    title: '27. two environments can share a resource group',
    check: checkNames,
    broken: [
      wrong(endpoint, 'name', 'pe-partner'),
      wrong('KeyVault/vaults', 'name', 'kv-partner-gerrnaojotstwxyz0', 'longest-names'),
      wrong('Insights/actionGroups', 'name', 'operators'),
    ],
  },
  {
    title: '28. alerts cover the audit log and changes, and no cap stops them',
    check: checkSight,
    broken: [
      wrong(workspace, 'properties.workspaceCapping.dailyQuotaGb', 1),
      wrong(log, 'properties.scopes', ['another workspace'], 'dev', 'credentials-at-risk'),
      wrong(log, 'properties.enabled', false, 'dev', 'secret-read'),
      wrong(log, query, 'AZKVAuditLogs', 'dev', 'secret-written'),
      ...['secret-written', 'secret-removed', 'password-reset', 'log-volume'].map((id) =>
        wrong(log, '', undefined, 'dev', id),
      ),
      wrong(activity, 'properties.enabled', false, 'dev', 'dev-watch-'),
      ...watched.map(unwatch),
    ],
  },
  {
    title: '30. outbound traffic without a rule is denied',
    check: checkOutbound,
    broken: [
      wrong(group, `${rules}.1.properties.destinationAddressPrefix`, 'Internet'),
      wrong(group, `${rules}.5.properties.access`, 'Allow'),
      wrong(group, `${rules}.1.properties.destinationPortRange`, '*'),
      wrong('Network/publicIPAddresses', 'zones'),
    ],
  },
  {
    title: '31. alerts set autoMitigate, and deployments notify nobody',
    check: checkAlertForm,
    broken: [
      wrong(log, 'properties.autoMitigate'),
      wrong(metric, 'properties.autoMitigate'),
      wrong('AlertsManagement/actionRules', '', undefined, 'on-call'),
      wrong('AlertsManagement/actionRules', 'properties.conditions.1.values.0', 'x', 'on-call'),
    ],
  },
];
