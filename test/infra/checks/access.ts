import { complainUnless, created, expectProperties, fileOf, type Infra } from '../infra.ts';

const assignments = (infra: Infra) => created(infra, 'Microsoft.Authorization/roleAssignments');

const allowedRoles = [
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b', // Storage Blob Data Owner, for the host's storage
  '3913510d-42f4-4e42-8a64-420c390055eb', // Monitoring Metrics Publisher
  '4633458b-17de-408a-b874-0445c86b69e6', // Key Vault Secrets User
];

const forbiddenRoles = [
  '8e3af657-a8ff-443c-a75c-2fe8c4bcb635', // Owner
  'b24988ac-6180-42a0-ab88-20f7382dd24c', // Contributor
  '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9', // User Access Administrator
  'f58310d9-a9f6-439a-9e8d-f62e7b41a168', // Role Based Access Control Administrator
  'b86a8fe4-44ce-4948-aee5-eccb2c155cd7', // Key Vault Secrets Officer
  '00482a5a-887f-4fb3-b363-3b7fe8e74483', // Key Vault Administrator
];

/** Which role may be given on which resource: the whole of what the app may do. */
const grants = new Map([
  ['account', 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'],
  ['component', '3913510d-42f4-4e42-8a64-420c390055eb'],
  ['partnerVault', '4633458b-17de-408a-b874-0445c86b69e6'],
  ['refreshToken', 'writerRoleId'],
  ['credentialVault', 'writerRoleId'],
  ['fallbackVault', 'writerRoleId'],
]);

/** Check 12: allowed roles only, each on a single resource. */
export function checkRoles(infra: Infra): string[] {
  return [
    ...infra.files.flatMap(({ path, strings }) =>
      strings.filter((text) => forbiddenRoles.includes(text)).map((id) => `${path}: role ${id} is forbidden`),
    ),
    ...assignments(infra).flatMap((one) => {
      const file = fileOf(infra, one.file);
      const scope = one.properties.get('scope') ?? '';
      const definition = one.properties.get('properties.roleDefinitionId') ?? '';
      const built = /^subscriptionResourceId\('Microsoft\.Authorization\/roleDefinitions', (\w+)\)$/.exec(
        definition,
      )?.[1];
      const role = built ? file.variables.get(built)?.replaceAll("'", '') : definition;
      const target = file.resources.find(({ symbol, existing }) => symbol === scope && existing);
      return [
        ...complainUnless(target !== undefined, `${one.symbol}: its scope is not a single resource`),
        ...complainUnless(
          role === 'writerRoleId' || allowedRoles.includes(role ?? ''),
          `${one.symbol}: role ${role ?? ''}`,
        ),
        ...complainUnless(grants.get(scope) === role, `${one.symbol}: that role is too much for ${scope}`),
      ];
    }),
    ...complainUnless(
      assignments(infra).find(({ properties }) => properties.get('scope') === 'refreshToken')?.condition ===
        'renewsRefreshToken',
      'the refresh token can be written without App+User',
    ),
  ];
}

/** Check 13: the writer sets secrets and reads metadata, nothing else. */
export function checkWriterRole(infra: Infra): string[] {
  const secrets = 'Microsoft.KeyVault/vaults/secrets';
  const roles = created(infra, 'Microsoft.Authorization/roleDefinitions');
  return [
    ...complainUnless(roles.length === 1, 'there is not exactly one custom role'),
    ...roles.flatMap((role) =>
      expectProperties(role, {
        'properties.permissions[0].actions': '[]',
        'properties.permissions[0].dataActions[0]': `'${secrets}/setSecret/action'`,
        'properties.permissions[0].dataActions[1]': `'${secrets}/readMetadata/action'`,
        'properties.permissions[0].dataActions[2]': undefined,
        'properties.permissions[1].dataActions[0]': undefined,
        'properties.assignableScopes[0]': 'groupId',
        'properties.assignableScopes[1]': undefined,
      }),
    ),
  ];
}

/** Check 14: assignments can be repeated, and a fresh identity is found. */
export function checkAssignmentNames(infra: Infra): string[] {
  return assignments(infra).flatMap((one) =>
    expectProperties(one, {
      name: /^guid\(\w+\.id, principalId, \w+\)$/,
      'properties.principalType': "'ServicePrincipal'",
      'properties.principalId': 'principalId',
    }),
  );
}

/** Check 15: sign-in in front of the app, one tenant, named callers, only health left out. */
export function checkSignIn(infra: Infra): string[] {
  const directory = 'properties.identityProviders.azureActiveDirectory';
  const settings = created(infra, 'Microsoft.Web/sites/config').filter(
    ({ properties }) => properties.get('name') === "'authsettingsV2'",
  );
  const main = fileOf(infra, 'main.bicep');
  const auth = fileOf(infra, 'modules/auth.bicep');
  const allowed = auth.parameters.find(({ name }) => name === 'allowedCallerClientIds');
  return [
    ...complainUnless(settings.length === 1, 'there is not exactly one authsettingsV2'),
    ...settings.flatMap((one) =>
      expectProperties(one, {
        'properties.platform.enabled': 'true',
        'properties.httpSettings.requireHttps': 'true',
        'properties.globalValidation.requireAuthentication': 'true',
        'properties.globalValidation.unauthenticatedClientAction': "'Return401'",
        'properties.globalValidation.excludedPaths[0]': "'/api/health'",
        'properties.globalValidation.excludedPaths[1]': undefined,
        [`${directory}.registration.openIdIssuer`]: /\$\{tenant\(\)\.tenantId\}\/v2\.0'$/,
        [`${directory}.validation.allowedAudiences[0]`]: 'apiClientId',
        [`${directory}.validation.defaultAuthorizationPolicy.allowedApplications`]: 'allowedCallerClientIds',
      }),
    ),
    ...complainUnless(allowed?.decorators.get('minLength') === '1', 'allowedApplications may be empty'),
    ...complainUnless(
      main.modules.find(({ type }) => type === 'modules/auth.bicep')?.condition === "callerAuthentication == 'entra'",
      'sign-in is not deployed with callerAuthentication entra',
    ),
    ...complainUnless(
      main.parameters.find(({ name }) => name === 'callerAuthentication')?.value === "'entra'",
      'callerAuthentication is not entra unless told',
    ),
    ...complainUnless(
      /CALLER_AUTHENTICATION: signIn/.test(main.variables.get('settings') ?? ''),
      'CALLER_AUTHENTICATION does not follow the parameter',
    ),
  ];
}
