import {
  at,
  complainUnless,
  expectAt,
  leavesRights,
  ofType,
  settingsOf,
  type Resource,
  type Snapshot,
} from '../snapshot.ts';

const assignments = (snapshot: Snapshot): Resource[] => ofType(snapshot, 'Microsoft.Authorization/roleAssignments');
const scopeOf = ({ id }: Resource): string => /extensionResourceId\('([^']+)'/.exec(id)?.[1] ?? 'the group';

/** All permitted role assignments of the app: the end of the resource's id, and the role. */
function listGrants(snapshot: Snapshot): (readonly [RegExp, string])[] {
  const own = ofType(snapshot, 'Microsoft.Authorization/roleDefinitions')[0]?.name;
  const writer = own ?? '00000000-0000-0000-0000-00000000000d';
  return [
    [/\/storageAccounts\/st(?!rec)\w+$/, 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'], // Storage Blob Data Owner, for the host
    [/\/storageAccounts\/strec\w+\/tableServices\/default\/tables\/\w+$/, '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'], // Storage Table Data Contributor
    [/\/components\/[\w-]+$/, '3913510d-42f4-4e42-8a64-420c390055eb'], // Monitoring Metrics Publisher
    [/\/vaults\/kv-partner-\w+$/, '4633458b-17de-408a-b874-0445c86b69e6'], // Key Vault Secrets User
    [/\/vaults\/kv-creds-\w+$/, writer],
    [/\/vaults\/kv-spare-\w+$/, writer],
  ];
}

/** Check 12: the app has each permitted role and no other; the one on the refresh token only with App+User. */
export function checkRoles(snapshot: Snapshot): string[] {
  if (leavesRights(snapshot)) return [];
  const writer = listGrants(snapshot).at(-1)?.[1] ?? '';
  const token = [/\/vaults\/kv-partner-\w+\/secrets\/partner-refresh-token$/, writer] as const;
  const appUser = settingsOf(snapshot).get('PARTNER_AUTH_FLOW') === 'app+user';
  const grants = [...listGrants(snapshot), ...(appUser ? [token] : [])];
  const given = assignments(snapshot).map((one) => ({
    scope: scopeOf(one),
    role: String(at(one, 'properties.roleDefinitionId')).split('/').at(-1) ?? '',
  }));
  return [
    ...given
      .filter(({ scope, role }) => !grants.some(([pattern, right]) => pattern.test(scope) && right === role))
      .map(({ scope, role }) => `${snapshot.name}: role ${role} on ${scope}`),
    ...complainUnless(given.length === grants.length, `${snapshot.name}: ${String(given.length)} role assignments`),
  ];
}

/** Check 32: with Contributor alone, no roles and locks are deployed; otherwise only the app gets roles. */
export function checkLeftRights(snapshot: Snapshot): string[] {
  const rights = snapshot.resources.filter(({ type }) => type.startsWith('Microsoft.Authorization/'));
  const { id = '' } = ofType(snapshot, 'Microsoft.ManagedIdentity/userAssignedIdentities')[0] ?? {};
  return [
    ...complainUnless(
      (rights.length === 0) === leavesRights(snapshot),
      `${snapshot.name}: ${String(rights.length)} roles and locks`,
    ),
    // The lock would block the removal of a person's role.
    ...assignments(snapshot).flatMap((one) =>
      complainUnless(
        String(at(one, 'properties.principalId')).startsWith(`[reference('${id}'`),
        'a role of another principal',
      ),
    ),
  ];
}

/** Check 13: the writer role can only set secrets and read metadata. */
export const checkWriterRole = (snapshot: Snapshot): string[] =>
  expectAt(snapshot, 'Microsoft.Authorization/roleDefinitions', {
    'properties.permissions': [
      {
        actions: [],
        notActions: [],
        dataActions: ['setSecret', 'readMetadata'].map((name) => `Microsoft.KeyVault/vaults/secrets/${name}/action`),
        notDataActions: [],
      },
    ],
    'properties.assignableScopes.1': undefined,
  });

/** Check 14: role assignments have deterministic names, and a principal type, without which a new identity is not found. */
export function checkAssignmentNames(snapshot: Snapshot): string[] {
  return assignments(snapshot).flatMap((one) => [
    ...complainUnless(one.name.startsWith(`[guid('${scopeOf(one)}', reference(`), `${one.name} is not deterministic`),
    ...complainUnless(
      at(one, 'properties.principalType') === 'ServicePrincipal',
      'a role assignment has no principal type',
    ),
  ]);
}

/** Checks 15 and 26: with `entra`, one tenant, listed callers, and only health is excluded; with `key`, App Service Authentication is off. */
export function checkSignIn(snapshot: Snapshot): string[] {
  const directory = 'properties.identityProviders.azureActiveDirectory';
  const type = 'Microsoft.Web/sites/config';
  const settings = settingsOf(snapshot);
  const [one] = ofType(snapshot, type);
  const entra = settings.get('CALLER_AUTHENTICATION') === 'entra';
  const callers = at(one, `${directory}.validation.defaultAuthorizationPolicy.allowedApplications`);
  return [
    ...complainUnless(one?.name.endsWith('/authsettingsV2') ?? false, 'authsettingsV2 is missing'),
    ...expectAt(snapshot, type, { 'properties.platform.enabled': entra }),
    ...(entra ? checkEntra(snapshot, type, directory) : []),
    ...complainUnless(
      !entra || (Array.isArray(callers) && callers.length === 1),
      'every application of the tenant can call',
    ),
    ...complainUnless(
      entra === settings.has('REQUIRED_APP_ROLE'),
      'REQUIRED_APP_ROLE does not match callerAuthentication',
    ),
  ];
}

const checkEntra = (snapshot: Snapshot, type: string, directory: string): string[] =>
  expectAt(snapshot, type, {
    'properties.httpSettings.requireHttps': true,
    'properties.globalValidation.requireAuthentication': true,
    'properties.globalValidation.unauthenticatedClientAction': 'Return401',
    'properties.globalValidation.excludedPaths': ['/api/health'],
    [`${directory}.enabled`]: true,
    [`${directory}.registration.openIdIssuer`]: `[format('{0}{1}/v2.0', environment().authentication.loginEndpoint, '00000000-0000-0000-0000-000000000002')]`,
    [`${directory}.validation.allowedAudiences.0`]: '00000000-0000-0000-0000-00000000000a',
    [`${directory}.validation.defaultAuthorizationPolicy.allowedApplications.0`]:
      '00000000-0000-0000-0000-00000000000b',
  });
