import { checkAssignmentNames, checkLeftRights, checkRoles, checkSignIn, checkWriterRole } from './checks/access.ts';
import { checkAccessRules, checkCors } from './checks/site.ts';
import { wrong, type ReviewCheck } from './review-check.ts';

const [site, assignment, config] = ['Web/sites', 'Authorization/roleAssignments', 'Web/sites/config'];
const role = 'properties.roleDefinitionId';
const restrictions = 'properties.siteConfig.ipSecurityRestrictions';
const actions = 'properties.permissions.0.dataActions';

/** Review checks 12 to 17, 26 and 32: roles, sign-in and access rules. */
export const accessChecks: readonly ReviewCheck[] = [
  {
    title: '12. the app has only the listed roles, each on one resource',
    check: checkRoles,
    broken: [
      wrong(assignment, role, 'x/b86a8fe4-44ce-4948-aee5-eccb2c155cd7', 'dev', 'kv-creds'),
      wrong(assignment, 'id', '/the/group', 'dev', 'kv-partner'),
      wrong(assignment, '', undefined, 'app-user', 'partner-refresh-token'),
      wrong(assignment, 'id', "[extensionResourceId('/x/storageAccounts/strecabc', 'y')]", 'dev', 'tables/onboardings'),
      wrong(assignment, '', undefined, 'certificate', 'kv-spare'),
    ],
  },
  {
    title: '32. only the app gets roles, and with Contributor alone none are deployed',
    check: checkLeftRights,
    broken: [
      wrong('KeyVault/vaults', 'type', 'Microsoft.Authorization/locks', 'contributor'),
      wrong('KeyVault/vaults', 'type', 'Microsoft.Authorization/roleAssignments', 'contributor'),
      wrong(assignment, 'properties.principalId', '00000000-0000-0000-0000-00000000000f', 'dev', 'kv-partner'),
    ],
  },
  {
    title: '13. the writer role cannot read secrets',
    check: checkWriterRole,
    broken: [
      wrong('Authorization/roleDefinitions', actions, ['Microsoft.KeyVault/vaults/secrets/*']),
      wrong('Authorization/roleDefinitions', `${actions}.2`, 'Microsoft.KeyVault/vaults/secrets/getSecret/action'),
      wrong('Authorization/roleDefinitions', 'properties.permissions.0.actions', ['*']),
    ],
  },
  {
    title: '14. role assignments have deterministic names',
    check: checkAssignmentNames,
    broken: [wrong(assignment, 'properties.principalType'), wrong(assignment, 'name', '[newGuid()]')],
  },
  {
    title: '15. App Service Authentication protects every route except health',
    check: checkSignIn,
    broken: [
      ['globalValidation.excludedPaths', ['/api/*']] as const,
      ['globalValidation.excludedPaths', ['/api/health', '/api/openapi.json']] as const,
      ['globalValidation.requireAuthentication', false] as const,
      ['globalValidation.unauthenticatedClientAction', 'AllowAnonymous'] as const,
      ['identityProviders.azureActiveDirectory.registration.openIdIssuer', 'common/v2.0'] as const,
      ['identityProviders.azureActiveDirectory.validation.defaultAuthorizationPolicy.allowedApplications', []] as const,
    ].map(([path, value]) => wrong(config, `properties.${path}`, value, 'entra')),
  },
  {
    title: '26. callerAuthentication switches App Service Authentication on and off',
    check: checkSignIn,
    broken: [
      wrong(config, ''),
      wrong(config, 'properties.platform.enabled', true),
      wrong(config, 'properties.platform.enabled', false, 'production'),
    ],
  },
  {
    title: '16. CORS is off',
    check: checkCors,
    broken: [wrong(site, 'properties.siteConfig.cors', { allowedOrigins: ['*'] })],
  },
  {
    title: '17. the app and its deployment site deny addresses without a rule',
    check: checkAccessRules,
    broken: [
      wrong(site, 'properties.siteConfig.ipSecurityRestrictionsDefaultAction', 'Allow'),
      wrong(site, 'properties.siteConfig.scmIpSecurityRestrictionsDefaultAction'),
      wrong(site, restrictions, undefined),
      wrong(site, restrictions, [{ action: 'Allow', ipAddress: '' }]),
      wrong(site, restrictions, [{ action: 'Allow', ipAddress: '0.0.0.0/0' }]),
    ],
  },
];
