import { checkAssignmentNames, checkRoles, checkSignIn, checkWriterRole } from './checks/access.ts';
import { checkAccessRules, checkCors } from './checks/site.ts';
import type { Variant } from './infra.ts';
import { change, type ReviewCheck } from './review-check.ts';

const app = (from: string, to = ''): Variant => change('modules/app.bicep', from, to);
const main = (from: string, to = ''): Variant => change('main.bicep', from, to);
const roles = (from: string, to = ''): Variant => change('modules/roles.bicep', from, to);
const writer = (from: string, to = ''): Variant => change('modules/writer-role.bicep', from, to);
const auth = (from: string, to = ''): Variant => change('modules/auth.bicep', from, to);
const setSecret = "'Microsoft.KeyVault/vaults/secrets/setSecret/action'";

/** Review checks 12 to 17, on rights, sign-in and callers. */
export const accessChecks: readonly ReviewCheck[] = [
  {
    title: '12. the app has few roles, each on one resource',
    check: checkRoles,
    broken: [
      roles('4633458b-17de-408a-b874-0445c86b69e6', 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'),
      roles('scope: credentialVault', 'scope: resourceGroup()'),
      roles(' = if (renewsRefreshToken)', ' ='),
      roles('scope: fallbackVault', 'scope: partnerVault'),
    ],
  },
  {
    title: '13. the writer of credentials cannot read them',
    check: checkWriterRole,
    broken: [
      writer(setSecret, "'Microsoft.KeyVault/vaults/secrets/*'"),
      writer(setSecret, `${setSecret}\n          'Microsoft.KeyVault/vaults/secrets/getSecret/action'`),
      writer('actions: []', "actions: [\n          '*'\n        ]"),
    ],
  },
  {
    title: '14. assignments can be repeated',
    check: checkAssignmentNames,
    broken: [
      roles("principalType: 'ServicePrincipal'"),
      roles('guid(account.id, principalId, storageBlobDataOwner)', 'newGuid()'),
    ],
  },
  {
    title: '15. sign-in stands in front of all but health',
    check: checkSignIn,
    broken: [
      auth("'/api/health'", "'/api/*'"),
      auth("'/api/health'", "'/api/health'\n        '/api/openapi.json'"),
      auth('requireAuthentication: true', 'requireAuthentication: false'),
      auth("'Return401'", "'AllowAnonymous'"),
      auth('${tenant().tenantId}/v2.0', 'common/v2.0'),
      auth('@minLength(1)\n'),
      main("callerAuthentication string = 'entra'", "callerAuthentication string = 'key'"),
    ],
  },
  {
    title: '16. no browser of another origin is let in',
    check: checkCors,
    broken: [app('http20Enabled: true', "cors: {\n        allowedOrigins: [\n          '*'\n        ]\n      }")],
  },
  {
    title: '17. callers and deployers whom no rule names are refused',
    check: checkAccessRules,
    broken: [
      app("ipSecurityRestrictionsDefaultAction: 'Deny'", "ipSecurityRestrictionsDefaultAction: 'Allow'"),
      app("scmIpSecurityRestrictionsDefaultAction: 'Deny'"),
      app('ipSecurityRestrictions: accessRules', 'ipSecurityRestrictions: []'),
    ],
  },
];
