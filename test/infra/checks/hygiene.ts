import { at, complainUnless, ofType, type Snapshot } from '../snapshot.ts';

/** Check 20: no resource contains a secret, and the template writes none to a vault. */
export function checkSecrets(snapshot: Snapshot): string[] {
  const text = JSON.stringify(snapshot.resources);
  return [
    ...complainUnless(ofType(snapshot, 'Microsoft.KeyVault/vaults/secrets').length === 0, 'a secret is deployed'),
    ...complainUnless(
      !/(?=[A-Za-z+~_-]*[0-9])[A-Za-z0-9+~_-]{40,}/.test(text.replaceAll(/(onboardings|csponb-)[\w-]+/g, '')),
      'a text looks like a secret',
    ),
    ...complainUnless(!/getSecret\(|secureString/i.test(text), 'a secret is read'),
  ];
}

const untaggable =
  /^Microsoft\.(Authorization\/|Insights\/diagnosticSettings$|Storage\/storageAccounts\/.|Web\/sites\/.|Network\/virtualNetworks\/subnets$|Network\/privateEndpoints\/.)/;

/** Check 23: every taggable resource has tags and, except for the fallback vault, the region of the deployment. */
export function checkTagsAndLocation(snapshot: Snapshot): string[] {
  return snapshot.resources
    .filter(({ type }) => !untaggable.test(type))
    .flatMap(({ name, tags, location }) => [
      ...complainUnless(tags?.['application'] === 'csp-onboarding', `${name} has no tags`),
      ...complainUnless(
        ['westeurope', 'global', ...(name.startsWith('kv-spare-') ? ['northeurope'] : [])].includes(location ?? ''),
        `${name} is in ${location ?? 'no region'}`,
      ),
    ]);
}

/** Approved API versions. Diagnostic settings have no usable stable version. */
const approved: Readonly<Record<string, readonly string[]>> = {
  'Microsoft.Web': ['2025-03-01'],
  'Microsoft.KeyVault': ['2026-05-15'],
  'Microsoft.Storage': ['2026-09-01'],
  'Microsoft.ManagedIdentity': ['2024-11-30'],
  'Microsoft.Authorization': ['2022-04-01', '2020-05-01'],
  'Microsoft.OperationalInsights': ['2026-03-01'],
  'Microsoft.Insights': ['2020-02-02', '2026-03-01', '2023-01-01', '2026-01-01', '2022-06-15', '2023-06-01'],
  'Microsoft.AlertsManagement': ['2021-08-08'],
  'Microsoft.Network': ['2026-03-01', '2024-06-01'],
};

/** Check 24: stable and approved API versions. */
export function checkApiVersions(snapshot: Snapshot): string[] {
  return snapshot.resources
    .filter(({ type }) => type !== 'Microsoft.Insights/diagnosticSettings')
    .filter(({ type, apiVersion }) => !approved[type.split('/')[0] ?? '']?.includes(apiVersion))
    .map(({ type, apiVersion }) => `${type}@${apiVersion} is not approved`);
}

const suffix = /(azure\.(net|com|cn)|windows\.net|microsoftonline|azurewebsites|usgovcloudapi|chinacloudapi)/;

/** Check 25: no domain that exists in one cloud only. */
export const checkPortability = (snapshot: Snapshot): string[] =>
  snapshot.resources
    .filter((one) => suffix.test(JSON.stringify(one)))
    .map(({ name }) => `${name} works in one cloud only`);

const carried =
  /^Microsoft\.(Authorization\/|Insights\/diagnosticSettings$|Network\/privateDnsZones$|Insights\/workbooks$)/;

/** Check 27: every name contains the environment name or a hash of it, so that two environments can share a resource group. */
export function checkNames(snapshot: Snapshot): string[] {
  const environment = ofType(snapshot, 'Microsoft.ManagedIdentity/userAssignedIdentities')[0]?.name.slice(7, -3) ?? '';
  const [site] = ofType(snapshot, 'Microsoft.Web/sites');
  const hash = site?.name.split('-').at(-1) ?? '';
  const long = { 'Microsoft.KeyVault/vaults': 24, 'Microsoft.Storage/storageAccounts': 24, 'Microsoft.Web/sites': 60 };
  return [
    ...snapshot.resources
      .filter(({ type, name }) => !carried.test(type) && !name.includes(`-${environment}-`) && !name.includes(hash))
      .map(({ name }) => `${name} is not specific to the environment`),
    ...Object.entries(long).flatMap(([type, most]) =>
      ofType(snapshot, type)
        .filter(({ name }) => name.length > most || !/^[a-z](?:-?[a-z0-9])+$/.test(name))
        .map(({ name }) => `${name} is no name of a ${type}`),
    ),
    ...complainUnless(String(at(site, 'name')).startsWith(`csponb-${environment}-`), 'the site has another name'),
  ];
}
