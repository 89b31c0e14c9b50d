import { complainUnless, created, expectProperties, fileOf, type Infra } from '../infra.ts';

const sites = (infra: Infra) => created(infra, 'Microsoft.Web/sites');

/** Check 1: https only, TLS 1.2 or later. */
export function checkTls(infra: Infra): string[] {
  return sites(infra).flatMap((site) =>
    expectProperties(site, {
      'properties.httpsOnly': 'true',
      'properties.siteConfig.minTlsVersion': /^'1\.[23]'$/,
      'properties.siteConfig.scmMinTlsVersion': /^'1\.[23]'$/,
    }),
  );
}

const refused = `
  ftpsState linuxFxVersion use32BitWorkerProcess preWarmedInstanceCount netFrameworkVersion
  functionsRuntimeScaleMonitoringEnabled functionAppScaleLimit healthCheckPath alwaysOn dailyMemoryTimeQuota
  endToEndEncryptionEnabled vnetRouteAllEnabled vnetContentShareEnabled FUNCTIONS_WORKER_RUNTIME
  WEBSITE_RUN_FROM_PACKAGE SCM_DO_BUILD_DURING_DEPLOYMENT ENABLE_ORYX_BUILD WEBSITE_NODE_DEFAULT_VERSION
  WEBSITE_CONTENTSHARE WEBSITE_CONTENTAZUREFILECONNECTIONSTRING FUNCTIONS_WORKER_PROCESS_COUNT
  WEBSITE_VNET_ROUTE_ALL WEBSITE_LOAD_CERTIFICATES FUNCTIONS_EXTENSION_VERSION
`.split(/\s+/);

/** Check 2: nothing that Flex Consumption refuses, and no obsolete setting. */
export function checkFlexRefusals(infra: Infra): string[] {
  return infra.files.flatMap(({ path, keys, strings }) =>
    [...keys, ...strings]
      .filter((word) => word !== '' && refused.includes(word))
      .map((word) => `${path}: ${word} is refused on Flex`),
  );
}

/** Check 3: no publishing with a password. */
export function checkPublishing(infra: Infra): string[] {
  const policies = created(infra, 'Microsoft.Web/sites/basicPublishingCredentialsPolicies');
  return ["'ftp'", "'scm'"].flatMap((name) => {
    const policy = policies.find(({ properties }) => properties.get('name') === name);
    return policy ? expectProperties(policy, { 'properties.allow': 'false' }) : [`no publishing policy ${name}`];
  });
}

/** Check 4: a user-assigned identity opens storage and package; no key or connection string. */
export function checkIdentity(infra: Infra): string[] {
  const storage = 'properties.functionAppConfig.deployment.storage';
  const host = fileOf(infra, 'modules/app.bicep').variables.get('hostSettings') ?? '';
  return [
    ...sites(infra).flatMap((site) =>
      expectProperties(site, {
        'identity.type': "'UserAssigned'",
        [`${storage}.authentication.type`]: "'UserAssignedIdentity'",
        [`${storage}.authentication.userAssignedIdentityResourceId`]: 'identityId',
      }),
    ),
    ...complainUnless(
      /AzureWebJobsStorage__credential: 'managedidentity'/.test(host),
      'host storage is not by identity',
    ),
    ...complainUnless(/AzureWebJobsStorage__clientId: /.test(host), 'host storage does not name the identity'),
    ...infra.files.flatMap(({ path, calls, keys, strings }) => [
      ...calls.filter((name) => /(^|\.)list[A-Z]/.test(name)).map((name) => `${path}: ${name}() hands out a key`),
      ...keys.filter((key) => key === 'AzureWebJobsStorage').map((key) => `${path}: ${key} is a connection string`),
      ...strings
        .filter((text) =>
          /AccountKey=|SharedAccess|DefaultEndpointsProtocol|[?&]sig=|StorageAccountConnectionString/.test(text),
        )
        .map(() => `${path}: a key or connection string`),
    ]),
  ];
}

/** Check 16: no CORS; callers are servers. */
export function checkCors(infra: Infra): string[] {
  return infra.files.flatMap(({ path, keys }) =>
    keys.filter((key) => key === 'cors' || key === 'supportCredentials').map((key) => `${path}: ${key}`),
  );
}

/** Check 17: what no rule names is refused, on the app and on its deployment site; rules come by parameter. */
export function checkAccessRules(infra: Infra): string[] {
  const parameters = fileOf(infra, 'main.bicep').parameters.map(({ name }) => name);
  return [
    ...sites(infra).flatMap((site) =>
      expectProperties(site, {
        'properties.siteConfig.ipSecurityRestrictionsDefaultAction': "'Deny'",
        'properties.siteConfig.scmIpSecurityRestrictionsDefaultAction': "'Deny'",
        'properties.siteConfig.scmIpSecurityRestrictionsUseMain': 'false',
        'properties.siteConfig.ipSecurityRestrictions': 'accessRules',
        'properties.siteConfig.scmIpSecurityRestrictions': 'deploymentRules',
      }),
    ),
    ...['allowedServiceTags', 'allowedIpRanges', 'deploymentIpRanges'].flatMap((name) =>
      complainUnless(parameters.includes(name), `main.bicep has no parameter ${name}`),
    ),
  ];
}

/** Check 21: scale is set and bounded, the version of Node.js is from a list. */
export function checkScale(infra: Infra): string[] {
  const scale = 'properties.functionAppConfig.scaleAndConcurrency';
  const bounded = ['maximumInstanceCount', 'perInstanceConcurrency'];
  return [
    ...sites(infra).flatMap((site) =>
      expectProperties(site, {
        [`${scale}.maximumInstanceCount`]: 'maximumInstanceCount',
        [`${scale}.triggers.http.perInstanceConcurrency`]: 'perInstanceConcurrency',
        'properties.functionAppConfig.runtime.version': 'nodeVersion',
      }),
    ),
    ...['main.bicep', 'modules/app.bicep'].flatMap((path) =>
      fileOf(infra, path).parameters.flatMap(({ name, decorators }) => [
        ...complainUnless(
          !bounded.includes(name) || (decorators.has('minValue') && decorators.has('maxValue')),
          `${path}: ${name} has no bounds`,
        ),
        ...complainUnless(
          name !== 'nodeVersion' || /^\[\s*'22'\s+'24'\s*\]$/.test(decorators.get('allowed') ?? ''),
          `${path}: ${name} is not from a list`,
        ),
      ]),
    ),
  ];
}
