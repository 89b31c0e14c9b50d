// CSP Onboarding: all resources of the app, in one resource group. infra/README.md is the walk-through.
// Requires Bicep 0.36.1 or later: modules without names, `fail()`, and the Microsoft Graph types in entra.bicep. Tested with 0.49.2.
targetScope = 'resourceGroup'

@description('Short name of this environment. It is part of every resource name, so two environments can share a resource group. Lower-case letters, digits and single hyphens between them, such as dev or prod-2.')
@minLength(2)
@maxLength(12)
param environmentName string

@description('Region of all resources except the fallback vault. It must offer Flex Consumption: az functionapp list-flexconsumption-locations.')
@minLength(2)
@maxLength(40)
param location string = resourceGroup().location

@description('Region of the fallback vault. It must differ from `location`, so that one outage does not affect both vaults.')
@minLength(2)
@maxLength(40)
param fallbackLocation string

@description('Additional tags for every resource.')
param tags object = {}

// --- Callers

@description('How callers authenticate. `entra`: App Service Authentication. `key`: function keys.')
@allowed([
  'entra'
  'key'
])
param callerAuthentication string = 'entra'

@description('With `entra`: client id of the API\'s app registration. infra/entra.bicep creates one.')
@maxLength(36)
param apiClientId string = ''

@description('With `entra`: client ids of the applications that can call the API, at least one.')
@maxLength(50)
param allowedCallerClientIds array = []

@description('With `entra`: object ids of the only principals that can call the API, at most 12, because the platform limits the list to 500 characters. Empty: any principal with the app role.')
@maxLength(12)
param allowedCallerObjectIds array = []

@description('With `entra`: app role that a caller must have. Empty: no role is required.')
@maxLength(120)
param requiredAppRole string = 'Customers.Onboard'

@description('Service tags that can reach the app: cloud flows, connectors, availability tests. All Azure tenants share them, so they are no authentication.')
@maxLength(20)
param allowedServiceTags array = [
  'LogicApps'
  'AzureConnectors'
  'ApplicationInsightsAvailability'
]

@description('IPv4 ranges that can reach the app, in CIDR notation, such as 203.0.113.7/32.')
@maxLength(100)
param allowedIpRanges array = []

@description('IPv4 ranges that can deploy to the app, in CIDR notation. Empty: nobody can.')
@maxLength(20)
param deploymentIpRanges array = []

// --- Partner Center

@description('Microsoft cloud of the partner tenant.')
@allowed([
  'global'
  'china'
  'usgov'
])
param partnerCloud string = 'global'

@description('How the app signs in to Partner Center. `app`: app-only. `app+user`: on behalf of a user who consented once, with a refresh token that the app renews.')
@allowed([
  'app'
  'app+user'
])
param partnerAuthFlow string = 'app'

@description('Credential with which the partner app authenticates to Entra.')
@allowed([
  'secret'
  'certificate'
  'managed-identity'
])
param partnerClientCredential string = 'secret'

@description('Base URL of Partner Center. Empty: the one of `partnerCloud`.')
@maxLength(200)
param partnerCenterUrl string = ''

@description('Base URL of the token endpoint. Empty: the one of `partnerCloud`.')
@maxLength(200)
param partnerAuthorityUrl string = ''

@description('Scope of the Partner Center token. Empty: the one of `partnerCloud`.')
@maxLength(200)
param partnerCenterScope string = ''

@description('Suffix of a customer\'s initial domain, at most 85 characters with its leading dot. Empty: the one of `partnerCloud`.')
@maxLength(85)
param customerDomainSuffix string = ''

@description('Seconds for which the app caches partner secrets.')
@minValue(0)
@maxValue(86400)
param partnerSecretCacheSeconds int = 600

// --- Onboarding

@description('Culture of payloads without one, such as en-US. Empty: the default of the country.')
@maxLength(20)
param defaultCulture string = ''

@description('Two-letter language of payloads without one. Empty: the language of the culture.')
@maxLength(2)
param defaultLanguage string = ''

@description('Whether to enable granular delegated admin privileges (GDAP) for payloads that do not specify it.')
param enableGdapByDefault bool = true

@description('How to treat an address that Partner Center cannot verify. `strict`: refuse it. `lenient`: warn. `off`: addresses are not validated.')
@allowed([
  'strict'
  'lenient'
  'off'
])
param addressValidation string = 'strict'

@description('Seconds for a whole call. The platform ends a call after 230 seconds.')
@minValue(4)
@maxValue(225)
param onboardingTimeoutSeconds int = 200

@description('Lease duration in seconds, 15 to 300. Until the lease expires, no other instance may take over an onboarding. 0: the default of the app.')
@minValue(0)
@maxValue(300)
param onboardingLeaseSeconds int = 0

@description('Days after which a stored credential expires, so that expiry alerts fire. 0: never.')
@minValue(0)
@maxValue(3650)
param credentialExpiryDays int = 0

@description('Additional top-level domains to accept in email addresses, separated by commas.')
@maxLength(1000)
param emailExtraTlds string = ''

@description('Name of the table with the onboarding records.')
@minLength(3)
@maxLength(63)
param recordTableName string = 'onboardings'

// --- Capacity

@description('Major version of Node.js.')
@allowed([
  '22'
  '24'
])
param nodeVersion string = '22'

@description('Memory of an instance in MB.')
@allowed([
  512
  2048
  4096
])
param instanceMemoryMB int = 2048

@description('Maximum number of instances. Partner Center allows 500 requests a minute, 166 onboardings, so four instances are enough. Some regions may reject a value below 40.')
@minValue(1)
@maxValue(40)
param maximumInstanceCount int = 4

@description('Maximum number of concurrent requests per instance. The app works on 32 onboardings at a time.')
@minValue(1)
@maxValue(32)
param perInstanceConcurrency int = 16

@description('Number of instances that are always running. They are billed while idle.')
@minValue(0)
@maxValue(10)
param alwaysReadyInstances int = 0

@description('Distributes app and storage across availability zones, if the region has them. At least two instances then run all the time.')
param zoneRedundant bool = false

// --- Network and rights

@description('Deploys a virtual network: VNet integration, private endpoints for vaults and storage, DNS zones, one outbound address. Without it, the vaults deny the app until you allow it: see infra/README.md, "Network".')
param networkIsolation bool = true

@description('Address space of this network, /26 or larger.')
@minLength(9)
@maxLength(18)
param networkAddressPrefix string = '10.40.0.0/24'

@description('With `networkIsolation`: service tags that the app can connect to on port 443. The default has Entra, telemetry, and the tags that contain the addresses of Partner Center. `Internet` allows all addresses.')
@minLength(1)
@maxLength(20)
param outboundServiceTags array = [
  'AzureActiveDirectory'
  'AzureMonitor'
  'AzureFrontDoor.Frontend'
  'AzureCloud'
]

@description('Without `networkIsolation`: resource id of an existing subnet for VNet integration, delegated to Microsoft.App/environments.')
@maxLength(400)
param existingSubnetId string = ''

@description('IPv4 addresses or ranges that can reach the vaults while their public endpoints are open.')
@maxLength(100)
param vaultAllowedIpRanges array = []

@description('Resource id of an existing writer role, for deployers who cannot define roles. Empty: this deployment defines the role.')
@maxLength(200)
param writerRoleDefinitionId string = ''

@description('Whether to deploy roles and locks. False: they stay as they are, which suits a workflow whose identity has only Contributor. The first deployment of an environment, and every deployment that changes a role or a lock, needs true and a deployer who can assign roles.')
param deployRights bool = true

// --- Operation

@description('Email addresses that receive every alert, at least one.')
@minLength(1)
@maxLength(20)
param alertEmails array

@description('Email addresses that also receive the urgent alerts, such as the address of a pager.')
@maxLength(20)
param onCallEmails array = []

@description('Hours without a successful onboarding after which to raise an alert. 0: no alert.')
@allowed([
  0
  1
  2
  3
  4
  5
  6
  24
  48
])
param expectedOnboardingHours int = 0

@description('Days for which logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 90

@description('Gigabytes of logs in a day above which to raise an alert. There is no cap, because it would stop the alerts as well.')
@minValue(1)
@maxValue(100)
param logDailyAlertGb int = 1

@description('Object ids of the identities that deploy, such as the identity of the workflow. Their changes notify nobody.')
@maxLength(10)
param deploymentPrincipalIds array = []

// azd passes blank entries for variables that are not set.
func given(list array) array => map(filter(list, text => !empty(trim(text))), text => trim(text))

// Conditions that decorators cannot express fail here, before anything is deployed.
var nameCharacters = map(range(0, length(environmentName)), i => substring(environmentName, i, 1))
var otherCharacters = filter(nameCharacters, one => !contains('abcdefghijklmnopqrstuvwxyz0123456789-', one))
var nameFits = empty(otherCharacters) && !startsWith(environmentName, '-') && !endsWith(environmentName, '-') && !contains(
  environmentName,
  '--'
)
var environmentId = nameFits
  ? environmentName
  : fail('environmentName can contain lower-case letters, digits and single hyphens between them, such as dev or prod-2.')

var callerClientIds = given(allowedCallerClientIds)
var apiMissing = empty(apiClientId) || apiClientId == '00000000-0000-0000-0000-000000000000' || empty(callerClientIds)
var signIn = callerAuthentication == 'entra' && apiMissing
  ? fail('callerAuthentication entra requires apiClientId, and the client id of at least one caller in allowedCallerClientIds.')
  : callerAuthentication
var leaseSeconds = onboardingLeaseSeconds == 0 || onboardingLeaseSeconds >= 15
  ? onboardingLeaseSeconds
  : fail('onboardingLeaseSeconds must be 0, or 15 to 300.')
var fallbackRegion = toLower(replace(fallbackLocation, ' ', '')) == toLower(replace(location, ' ', ''))
  ? fail('fallbackLocation must be a different region than location, such as northeurope for westeurope.')
  : fallbackLocation
var prefixParts = split(networkAddressPrefix, '/')
var prefixFits = length(prefixParts) == 2 && int(last(prefixParts)) <= 26
var networkPrefix = prefixFits
  ? networkAddressPrefix
  : fail('networkAddressPrefix must be /26 or larger, such as 10.40.0.0/24: the app and the private endpoints need a /27 each.')
var suffixLength = length(customerDomainSuffix) + (startsWith(customerDomainSuffix, '.') ? 0 : 1)
var domainSuffix = suffixLength <= 85
  ? customerDomainSuffix
  : fail('customerDomainSuffix must have at most 85 characters, including the leading dot, because a secret name has at most 127.')
var operatorEmails = empty(given(alertEmails))
  ? fail('alertEmails must contain at least one email address, such as operations@contoso.com.')
  : given(alertEmails)

var token = uniqueString(resourceGroup().id, environmentId)
var prefix = 'csponb-${environmentId}'
var sharedTags = {
  application: 'csp-onboarding'
}
var allTags = union(
  {
    'azd-env-name': environmentId
  },
  sharedTags,
  tags
)

var settings = {
  PARTNER_VAULT_URL: vaults.outputs.partnerVaultUri
  CREDENTIAL_VAULT_URL: vaults.outputs.credentialVaultUri
  CREDENTIAL_VAULT_FALLBACK_URL: vaults.outputs.fallbackVaultUri
  ONBOARDING_TABLE_URL: records.outputs.tableUrl
  PARTNER_CLOUD: partnerCloud
  PARTNER_CENTER_URL: partnerCenterUrl
  PARTNER_AUTHORITY_URL: partnerAuthorityUrl
  PARTNER_CENTER_SCOPE: partnerCenterScope
  CUSTOMER_DOMAIN_SUFFIX: domainSuffix
  PARTNER_AUTH_FLOW: partnerAuthFlow
  PARTNER_CLIENT_CREDENTIAL: partnerClientCredential
  PARTNER_SECRET_CACHE_SECONDS: string(partnerSecretCacheSeconds)
  DEFAULT_CULTURE: defaultCulture
  DEFAULT_LANGUAGE: defaultLanguage
  ENABLE_GDAP_BY_DEFAULT: enableGdapByDefault ? 'true' : 'false'
  ADDRESS_VALIDATION: addressValidation
  ONBOARDING_TIMEOUT_SECONDS: string(onboardingTimeoutSeconds)
  ONBOARDING_LEASE_SECONDS: leaseSeconds == 0 ? '' : string(leaseSeconds)
  CREDENTIAL_EXPIRY_DAYS: credentialExpiryDays == 0 ? '' : string(credentialExpiryDays)
  EMAIL_EXTRA_TLDS: emailExtraTlds
  CALLER_AUTHENTICATION: signIn
  REQUIRED_APP_ROLE: signIn == 'entra' ? requiredAppRole : ''
  WEBSITE_AUTH_AAD_ALLOWED_TENANTS: signIn == 'entra' ? tenant().tenantId : ''
}

var tagRules = [
  for (serviceTag, i) in given(allowedServiceTags): {
    name: serviceTag
    priority: 100 + i
    action: 'Allow'
    tag: 'ServiceTag'
    ipAddress: serviceTag
  }
]
var rangeRules = [
  for (callerRange, i) in given(allowedIpRanges): {
    name: 'caller-${i}'
    priority: 200 + i
    action: 'Allow'
    ipAddress: callerRange
  }
]
var deploymentRules = [
  for (deployerRange, i) in given(deploymentIpRanges): {
    name: 'deployer-${i}'
    priority: 100 + i
    action: 'Allow'
    ipAddress: deployerRange
  }
]

module identity 'modules/identity.bicep' = {
  params: {
    name: '${prefix}-id'
    location: location
    tags: allTags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  params: {
    workspaceName: '${prefix}-log'
    componentName: '${prefix}-appi'
    location: location
    tags: allTags
    retentionDays: logRetentionDays
    locked: deployRights
  }
}

module storage 'modules/storage.bicep' = {
  params: {
    name: 'st${token}'
    location: location
    tags: allTags
    zoneRedundant: zoneRedundant
    networkIsolation: networkIsolation
    workspaceId: monitoring.outputs.workspaceId
  }
}

module records 'modules/records.bicep' = {
  params: {
    name: 'strec${token}'
    tableName: recordTableName
    location: location
    tags: allTags
    locked: deployRights
    zoneRedundant: zoneRedundant
    networkIsolation: networkIsolation
    workspaceId: monitoring.outputs.workspaceId
  }
}

module vaults 'modules/vaults.bicep' = {
  params: {
    partnerVaultName: 'kv-partner-${token}'
    credentialVaultName: 'kv-creds-${token}'
    fallbackVaultName: 'kv-spare-${token}'
    location: location
    fallbackLocation: fallbackRegion
    tags: allTags
    locked: deployRights
    networkIsolation: networkIsolation
    allowedIpRanges: given(vaultAllowedIpRanges)
    workspaceId: monitoring.outputs.workspaceId
  }
}

module writerRole 'modules/writer-role.bicep' = if (deployRights && empty(writerRoleDefinitionId)) {
  params: {
    environmentName: environmentId
    roleName: 'CSP Onboarding credential writer (${environmentId} ${token})'
  }
}

module roles 'modules/roles.bicep' = if (deployRights) {
  params: {
    principalId: identity.outputs.principalId
    storageAccountName: storage.outputs.name
    recordAccountName: records.outputs.name
    recordTableName: records.outputs.tableName
    componentName: monitoring.outputs.componentName
    partnerVaultName: vaults.outputs.partnerVaultName
    credentialVaultName: vaults.outputs.credentialVaultName
    fallbackVaultName: vaults.outputs.fallbackVaultName
    writerRoleId: empty(writerRoleDefinitionId) ? writerRole!.outputs.id : writerRoleDefinitionId
    renewsRefreshToken: partnerAuthFlow == 'app+user'
  }
}

module network 'modules/network.bicep' = if (networkIsolation) {
  params: {
    prefix: prefix
    location: location
    tags: allTags
    addressPrefix: networkPrefix
    outboundServiceTags: given(outboundServiceTags)
  }
}

module endpoints 'modules/endpoints.bicep' = if (networkIsolation) {
  params: {
    prefix: prefix
    location: location
    tags: allTags
    zoneTags: sharedTags
    networkId: network!.outputs.networkId
    subnetId: network!.outputs.endpointSubnetId
    vaults: [
      {
        name: 'partner'
        id: vaults.outputs.partnerVaultId
      }
      {
        name: 'credentials'
        id: vaults.outputs.credentialVaultId
      }
      {
        name: 'fallback'
        id: vaults.outputs.fallbackVaultId
      }
    ]
    storageId: storage.outputs.id
    recordsId: records.outputs.id
  }
}

module app 'modules/app.bicep' = {
  // No property of the app refers to its roles and endpoints, but the app fails to start without them.
  dependsOn: [
    roles
    endpoints
  ]
  params: {
    name: '${prefix}-${token}'
    planName: '${prefix}-plan'
    location: location
    tags: allTags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    blobEndpoint: storage.outputs.blobEndpoint
    containerUrl: storage.outputs.containerUrl
    telemetryConnectionString: monitoring.outputs.connectionString
    workspaceId: monitoring.outputs.workspaceId
    nodeVersion: nodeVersion
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    perInstanceConcurrency: perInstanceConcurrency
    alwaysReadyInstances: alwaysReadyInstances
    zoneRedundant: zoneRedundant
    subnetId: networkIsolation ? network!.outputs.appSubnetId : existingSubnetId
    accessRules: concat(tagRules, rangeRules)
    deploymentRules: deploymentRules
    settings: settings
  }
}

// Always deployed, so that changing `entra` to `key` switches App Service Authentication off.
module auth 'modules/auth.bicep' = {
  params: {
    siteName: app.outputs.name
    enabled: signIn == 'entra'
    apiClientId: apiClientId
    allowedCallerClientIds: callerClientIds
    allowedCallerObjectIds: given(allowedCallerObjectIds)
  }
}

module alerts 'modules/alerts.bicep' = {
  params: {
    prefix: prefix
    location: location
    tags: allTags
    alertEmails: operatorEmails
    onCallEmails: given(onCallEmails)
    expectedOnboardingHours: expectedOnboardingHours
    dailyAlertGb: logDailyAlertGb
    deploymentPrincipalIds: given(deploymentPrincipalIds)
    workspaceId: monitoring.outputs.workspaceId
    componentId: monitoring.outputs.componentId
    healthUrl: '${app.outputs.url}/api/health'
    appPrincipalId: identity.outputs.principalId
    partnerVaultId: vaults.outputs.partnerVaultId
    credentialVaultId: vaults.outputs.credentialVaultId
    fallbackVaultId: vaults.outputs.fallbackVaultId
  }
}

module workbook 'modules/workbook.bicep' = {
  params: {
    name: guid(resourceGroup().id, environmentId, 'workbook')
    displayName: 'CSP Onboarding (${environmentId})'
    location: location
    tags: allTags
    workspaceId: monitoring.outputs.workspaceId
  }
}

output AZURE_FUNCTION_APP_NAME string = app.outputs.name
output FUNCTION_APP_URL string = app.outputs.url
output API_SIGN_IN_CLIENT_ID string = signIn == 'entra' ? apiClientId : ''
output PARTNER_VAULT_NAME string = vaults.outputs.partnerVaultName
output PARTNER_VAULT_URL string = vaults.outputs.partnerVaultUri
output CREDENTIAL_VAULT_NAME string = vaults.outputs.credentialVaultName
output CREDENTIAL_VAULT_URL string = vaults.outputs.credentialVaultUri
output FALLBACK_VAULT_NAME string = vaults.outputs.fallbackVaultName
output ONBOARDING_TABLE_URL string = records.outputs.tableUrl
output IDENTITY_PRINCIPAL_ID string = identity.outputs.principalId
output OUTBOUND_ADDRESS string = networkIsolation ? network!.outputs.outboundAddress : ''
