@description('Name of the function app.')
param siteName string

@description('Whether App Service Authentication is on. False: it is switched off, even if an earlier deployment switched it on.')
param enabled bool

@description('Client id of the API\'s app registration.')
@maxLength(36)
param apiClientId string

@description('Client ids of the applications that can call the API. An empty list would allow every application of the tenant, so main.bicep refuses it.')
param allowedCallerClientIds array

@description('Object ids of the users, groups or service principals that can call the API. Empty: any principal with the app role.')
param allowedCallerObjectIds array

resource site 'Microsoft.Web/sites@2025-03-01' existing = {
  name: siteName
}

var signIn = {
  platform: {
    enabled: true
    runtimeVersion: '~1'
  }
  httpSettings: {
    requireHttps: true
  }
  globalValidation: {
    requireAuthentication: true
    unauthenticatedClientAction: 'Return401'
    excludedPaths: [
      '/api/health'
    ]
  }
  identityProviders: {
    azureActiveDirectory: {
      enabled: true
      registration: {
        openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
        clientId: apiClientId
      }
      validation: {
        allowedAudiences: [
          apiClientId
          'api://${apiClientId}'
        ]
        defaultAuthorizationPolicy: {
          allowedApplications: allowedCallerClientIds
          // An empty list of principals is left out, because its effect is not documented.
          allowedPrincipals: empty(allowedCallerObjectIds)
            ? null
            : {
                identities: allowedCallerObjectIds
              }
        }
      }
    }
  }
  login: {
    tokenStore: {
      enabled: false
    }
  }
}

var noSignIn = {
  platform: {
    enabled: false
    runtimeVersion: '~1'
  }
  globalValidation: {
    requireAuthentication: false
    unauthenticatedClientAction: 'AllowAnonymous'
  }
  identityProviders: {
    azureActiveDirectory: {
      enabled: false
    }
  }
}

resource settings 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: site
  name: 'authsettingsV2'
  properties: enabled ? signIn : noSignIn
}
