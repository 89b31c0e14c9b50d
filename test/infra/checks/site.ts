import { at, complainUnless, expectAt, ofType, settingsOf, type Snapshot } from '../snapshot.ts';

const site = 'Microsoft.Web/sites';

/** Check 1: HTTPS only, with TLS 1.2 or later. */
export const checkTls = (snapshot: Snapshot): string[] =>
  expectAt(snapshot, site, {
    'properties.httpsOnly': true,
    'properties.siteConfig.minTlsVersion': '1.2',
    'properties.siteConfig.scmMinTlsVersion': '1.2',
  });

const refused = `
  ftpsState linuxFxVersion use32BitWorkerProcess preWarmedInstanceCount netFrameworkVersion
  functionsRuntimeScaleMonitoringEnabled functionAppScaleLimit healthCheckPath alwaysOn dailyMemoryTimeQuota
  endToEndEncryptionEnabled vnetRouteAllEnabled vnetContentShareEnabled FUNCTIONS_WORKER_RUNTIME
  WEBSITE_RUN_FROM_PACKAGE SCM_DO_BUILD_DURING_DEPLOYMENT ENABLE_ORYX_BUILD WEBSITE_NODE_DEFAULT_VERSION
  WEBSITE_CONTENTSHARE WEBSITE_CONTENTAZUREFILECONNECTIONSTRING FUNCTIONS_WORKER_PROCESS_COUNT
  WEBSITE_VNET_ROUTE_ALL WEBSITE_LOAD_CERTIFICATES FUNCTIONS_EXTENSION_VERSION
`
  .trim()
  .split(/\s+/);

/** Check 2: no property that Flex Consumption refuses, and no obsolete setting. */
export function checkFlexRefusals(snapshot: Snapshot): string[] {
  const text = JSON.stringify(ofType(snapshot, site));
  return refused.filter((word) => new RegExp(`["']${word}["']`).test(text)).map((word) => `${word} is refused on Flex`);
}

/** Check 3: publishing with a password is disabled. */
export function checkPublishing(snapshot: Snapshot): string[] {
  const type = 'Microsoft.Web/sites/basicPublishingCredentialsPolicies';
  const names = ofType(snapshot, type).map(({ name }) => name.split('/')[1]);
  return [
    ...complainUnless(
      names.length === 2 && names.includes('ftp') && names.includes('scm'),
      `publishing policies are ${names.join()}`,
    ),
    ...expectAt(snapshot, type, { 'properties.allow': false }),
  ];
}

/** Check 4: storage and package are accessed with a user-assigned identity; no keys or connection strings. */
export function checkIdentity(snapshot: Snapshot): string[] {
  const storage = 'properties.functionAppConfig.deployment.storage.authentication';
  const identity = ofType(snapshot, 'Microsoft.ManagedIdentity/userAssignedIdentities')[0]?.id;
  const settings = settingsOf(snapshot);
  const key = /\blist(Keys|Secrets|AccountSas)?\(|AccountKey=|SharedAccess|DefaultEndpointsProtocol|[?&]sig=/;
  return [
    ...expectAt(snapshot, site, {
      'identity.type': 'UserAssigned',
      [`${storage}.type`]: 'UserAssignedIdentity',
      [`${storage}.userAssignedIdentityResourceId`]: identity,
    }),
    ...complainUnless(
      settings.get('AzureWebJobsStorage__credential') === 'managedidentity',
      'host storage is not accessed with an identity',
    ),
    ...complainUnless(settings.has('AzureWebJobsStorage__clientId'), 'AzureWebJobsStorage__clientId is missing'),
    ...complainUnless(!settings.has('AzureWebJobsStorage'), 'AzureWebJobsStorage is a connection string'),
    ...complainUnless(!key.test(JSON.stringify(snapshot.resources)), 'a key or connection string'),
  ];
}

/** Check 16: no CORS, because callers are servers. */
export const checkCors = (snapshot: Snapshot): string[] =>
  expectAt(snapshot, site, { 'properties.siteConfig.cors': undefined });

/** Check 17: the app and its deployment site deny addresses without a rule. */
export function checkAccessRules(snapshot: Snapshot): string[] {
  const rules = ofType(snapshot, site).flatMap((one) =>
    ['ipSecurityRestrictions', 'scmIpSecurityRestrictions'].map((name) => at(one, `properties.siteConfig.${name}`)),
  );
  const all = rules.flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : [undefined]));
  return [
    ...expectAt(snapshot, site, {
      'properties.siteConfig.ipSecurityRestrictionsDefaultAction': 'Deny',
      'properties.siteConfig.scmIpSecurityRestrictionsDefaultAction': 'Deny',
      'properties.siteConfig.scmIpSecurityRestrictionsUseMain': false,
    }),
    // A blank entry in a list would become a rule without an address.
    ...complainUnless(
      all.every(
        (rule) =>
          rule !== undefined && /^\S+$/.test(String(at(rule, 'ipAddress'))) && at(rule, 'ipAddress') !== '0.0.0.0/0',
      ),
      `${snapshot.name}: an access rule has no address, or all addresses`,
    ),
  ];
}

/** Check 21: scale is set and bounded, and the Node.js version is supported. */
export function checkScale(snapshot: Snapshot): string[] {
  return ofType(snapshot, site).flatMap((one) => {
    const scale = at(one, 'properties.functionAppConfig.scaleAndConcurrency');
    const most = Number(at(scale, 'maximumInstanceCount'));
    const each = Number(at(scale, 'triggers.http.perInstanceConcurrency'));
    const version = String(at(one, 'properties.functionAppConfig.runtime.version'));
    return [
      ...complainUnless(most >= 1 && most <= 40, `${String(most)} instances`),
      ...complainUnless(each >= 1 && each <= 32, `${String(each)} requests per instance`),
      ...complainUnless(['22', '24'].includes(version), `Node.js ${version}`),
    ];
  });
}
