import {
  checkApiVersions,
  checkParameters,
  checkPortability,
  checkSecrets,
  checkTagsAndLocation,
} from './checks/hygiene.ts';
import { checkNetwork } from './checks/network.ts';
import { checkAlerts, checkTelemetry } from './checks/operation.ts';
import { checkScale } from './checks/site.ts';
import type { Variant } from './infra.ts';
import { change, type ReviewCheck } from './review-check.ts';

const app = (from: string, to = ''): Variant => change('modules/app.bicep', from, to);
const main = (from: string, to = ''): Variant => change('main.bicep', from, to);
const roles = (from: string, to = ''): Variant => change('modules/roles.bicep', from, to);
const auth = (from: string, to = ''): Variant => change('modules/auth.bicep', from, to);
const network = (from: string, to = ''): Variant => change('modules/network.bicep', from, to);

/** Review checks 18 to 25, on network, operation and form, and one on parameters. */
export const operationChecks: readonly ReviewCheck[] = [
  {
    title: '18. the network option closes every way but the private ones',
    check: checkNetwork,
    broken: [
      network("'Microsoft.App/environments'", "'Microsoft.Web/serverFarms'"),
      network('networkSecurityGroup: {\n      id: endpointGroup.id\n    }'),
      network('= endpointSubnet.id', '= appSubnet.id'),
      change('modules/endpoints.bicep', "groupId: 'blob'", "groupId: 'vault'"),
      main('id: vaults.outputs.fallbackVaultId', 'id: vaults.outputs.partnerVaultId'),
      main("endpoints.bicep' = if (networkIsolation)", "endpoints.bicep' = if (zoneRedundant)"),
    ],
  },
  {
    title: '19. telemetry is taken from identities only',
    check: checkTelemetry,
    broken: [
      change('modules/monitoring.bicep', 'DisableLocalAuth: true', 'DisableLocalAuth: false'),
      change('modules/monitoring.bicep', 'disableLocalAuth: true', 'disableLocalAuth: false'),
      app('Authorization=AAD;'),
    ],
  },
  {
    title: '20. no secret is written down',
    check: checkSecrets,
    broken: [
      main('param defaultCulture string', 'param clientSecret string'),
      main('output PARTNER_VAULT_NAME', 'output PARTNER_PASSWORD'),
      roles("vaults/secrets@2026-02-01' existing", "vaults/secrets@2026-02-01'"),
      change('main.dev.parameters.json', '"northeurope"', '"k8Q~abcdefghijklmnopqrstuvwxyz.ABCDEFGHIJ"'),
    ],
  },
  {
    title: '21. scale is bounded, Node.js is a version that exists',
    check: checkScale,
    broken: [
      app("@allowed([\n  '22'\n  '24'\n])\n"),
      app('        maximumInstanceCount: maximumInstanceCount\n'),
      main('@maxValue(40)\n'),
    ],
  },
  {
    title: '22. every alert reaches somebody',
    check: checkAlerts,
    broken: [
      change('modules/log-alert.bicep', 'actionGroups: actionGroupIds', 'actionGroups: []'),
      change('modules/alerts-platform.bicep', 'actionGroupId: id', "actionGroupId: ''"),
      change('modules/alerts.bicep', '    actionGroupIds: everyAlert\n'),
      main('@minLength(1)\n@maxLength(20)\nparam alertEmails', 'param alertEmails'),
    ],
  },
  {
    title: '23. everything is tagged and in one place',
    check: checkTagsAndLocation,
    broken: [
      app("tags: union(tags, {\n    'azd-service-name': 'api'\n  })"),
      change('modules/identity.bicep', 'location: location', "location: 'westeurope'"),
      main('    location: location', '    location: fallbackLocation'),
    ],
  },
  {
    title: '24. API versions are stable and approved',
    check: checkApiVersions,
    broken: [app('Microsoft.Web/sites@2025-03-01', 'Microsoft.Web/sites@2024-04-01-preview')],
  },
  {
    title: '25. no cloud and no registry is written in',
    check: checkPortability,
    broken: [
      auth('${environment().authentication.loginEndpoint}', 'https://login.microsoftonline.com/'),
      main("'modules/identity.bicep'", "'br/public:avm/res/managed-identity/user-assigned-identity:0.4.0'"),
    ],
  },
  {
    title: 'parameters say what they take, and parameter files name only them',
    check: checkParameters,
    broken: [
      main('@maxLength(2)\nparam defaultLanguage', 'param defaultLanguage'),
      change('main.dev.parameters.json', '"addressValidation"', '"adressValidation"'),
      change('main.production.parameters.json', '"alertEmails"', '"onCallEmails"'),
    ],
  },
];
