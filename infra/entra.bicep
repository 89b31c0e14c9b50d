// The API's app registration, for callers that sign in with Entra. Deployed separately, because it requires a role in Entra and
// its extension comes from a registry. infra/README.md has the equivalent az commands.
extension microsoftGraphV1

@description('Display name of the registration, shown at consent.')
@minLength(1)
@maxLength(120)
param displayName string = 'CSP Onboarding API'

@description('Immutable name. A deployment with the same name updates the same registration.')
@minLength(1)
@maxLength(120)
param uniqueName string = 'csp-onboarding-api'

@description('Value of the app role that a caller must have: requiredAppRole of main.bicep.')
@minLength(1)
@maxLength(120)
param appRole string = 'Customers.Onboard'

@description('Object ids of the service principals, users or groups to which the app role is assigned.')
@maxLength(100)
param callerObjectIds array = []

@description('With partnerClientCredential managed-identity: unique name of the partner app\'s registration, in this tenant. Otherwise empty.')
@maxLength(120)
param partnerAppUniqueName string = ''

@description('With partnerClientCredential managed-identity: object id of the app\'s identity, output IDENTITY_PRINCIPAL_ID of main.bicep. Otherwise empty.')
@maxLength(36)
param identityPrincipalId string = ''

// Not the usual api://<client id>, because the client id is unknown until this deployment has created the registration.
var identifierUri = 'api://${tenant().tenantId}/${uniqueName}'
var appRoleId = guid(uniqueName, appRole)
var scopeId = guid(uniqueName, 'user_impersonation')

resource api 'Microsoft.Graph/applications@v1.0' = {
  displayName: displayName
  uniqueName: uniqueName
  signInAudience: 'AzureADMyOrg'
  identifierUris: [
    identifierUri
  ]
  api: {
    requestedAccessTokenVersion: 2
    oauth2PermissionScopes: [
      {
        id: scopeId
        value: 'user_impersonation'
        type: 'Admin'
        isEnabled: true
        adminConsentDisplayName: 'Onboard customers'
        adminConsentDescription: 'Onboard customers as the signed-in user.'
      }
    ]
  }
  appRoles: [
    {
      id: appRoleId
      value: appRole
      displayName: 'Onboard customers'
      description: 'Can onboard customers and read the onboarding records.'
      isEnabled: true
      allowedMemberTypes: [
        'Application'
        'User'
      ]
    }
  ]
}

resource apiPrincipal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: api.appId
  appRoleAssignmentRequired: true
}

resource callers 'Microsoft.Graph/appRoleAssignedTo@v1.0' = [
  for id in callerObjectIds: {
    appRoleId: appRoleId
    principalId: id
    resourceId: apiPrincipal.id
  }
]

resource federation 'Microsoft.Graph/applications/federatedIdentityCredentials@v1.0' = if (!empty(partnerAppUniqueName)) {
  name: '${partnerAppUniqueName}/csp-onboarding'
  issuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
  subject: identityPrincipalId
  audiences: [
    'api://AzureADTokenExchange'
  ]
}

output apiClientId string = api.appId
output apiScope string = '${api.appId}/.default'
