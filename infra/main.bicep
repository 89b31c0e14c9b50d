// CSP Onboarding: everything that the app needs, in one resource group. infra/README.md walks through it.
// Needs Bicep 0.36.1 or later: modules without names, `fail()`, and the types of Microsoft Graph in entra.bicep. Compiled here with 0.49.2.
targetScope = 'resourceGroup'

@description('Short name of this environment; part of every name, so two environments can share a resource group. Lower-case letters, digits and single hyphens between them.')
@minLength(2)
@maxLength(12)
param environmentName string

@description('Region of everything but the fallback vault. Must offer Flex Consumption: az functionapp list-flexconsumption-locations.')
@minLength(2)
@maxLength(40)
param location string = resourceGroup().location

@description('Region of the fallback vault; another one than `location`, or an outage takes both vaults.')
@minLength(2)
@maxLength(40)
param fallbackLocation string

@description('Tags for every resource, on top of the environment\'s name.')
param tags object = {}

// --- Who may call

@description('`entra`: App Service Authentication stands in front. `key`: function keys.')
@allowed([
  'entra'
  'key'
])
param callerAuthentication string = 'entra'

@description('With `entra`: client id of the API\'s app registration (infra/entra.bicep makes one).')
@maxLength(36)
param apiClientId string = ''

@description('With `entra`: client ids of the applications that may call, at least one.')
@maxLength(50)
param allowedCallerClientIds array = []

@description('With `entra`: object ids of the only principals that may call (12 at most, the platform takes 500 characters); empty leaves it to the app role.')
@maxLength(12)
param allowedCallerObjectIds array = []

@description('With `entra`: app role that a caller must hold; empty asks for none.')
@maxLength(120)
param requiredAppRole string = 'Customers.Onboard'

@description('Service tags that may reach the app: cloud flows, connectors, availability tests. They are shared by all tenants and are no authentication.')
@maxLength(20)
param allowedServiceTags array = [
  'LogicApps'
  'AzureConnectors'
  'ApplicationInsightsAvailability'
]

@description('IPv4 ranges in CIDR form that may reach the app, such as 203.0.113.7/32.')
@maxLength(100)
param allowedIpRanges array = []

@description('IPv4 ranges in CIDR form that may deploy to the app; nobody can while it is empty.')
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

@description('`app`: the app signs in alone. `app+user`: with the consent of a person, kept alive by a refresh token.')
@allowed([
  'app'
  'app+user'
])
param partnerAuthFlow string = 'app'

@description('What proves the partner app to Entra.')
@allowed([
  'secret'
  'certificate'
  'managed-identity'
])
param partnerClientCredential string = 'secret'

@description('Base URL of Partner Center; empty takes the one of `partnerCloud`.')
@maxLength(200)
param partnerCenterUrl string = ''

@description('Base URL of the token endpoint; empty takes the one of `partnerCloud`.')
@maxLength(200)
param partnerAuthorityUrl string = ''

@description('Scope of the Partner Center token; empty takes the one of `partnerCloud`.')
@maxLength(200)
param partnerCenterScope string = ''

@description('What follows the prefix in a customer\'s initial domain; empty takes the one of `partnerCloud`.')
@maxLength(85)
param customerDomainSuffix string = ''

@description('Seconds that partner secrets stay in memory.')
@minValue(0)
@maxValue(86400)
param partnerSecretCacheSeconds int = 600

// --- Onboarding

@description('Culture for payloads that name none, such as en-US; empty leaves it to the rules of the country.')
@maxLength(20)
param defaultCulture string = ''

@description('Two-letter language for payloads that name none; empty leaves it to the culture.')
@maxLength(2)
param defaultLanguage string = ''

@description('Whether granular delegated admin privileges are asked for when the payload does not say.')
param enableGdapByDefault bool = true

@description('What to do with an address that Partner Center cannot verify: refuse it, warn, or do not ask.')
@allowed([
  'strict'
  'lenient'
  'off'
])
param addressValidation string = 'strict'

@description('Seconds for a whole onboarding. The platform cuts an answer off at 230.')
@minValue(4)
@maxValue(225)
param onboardingTimeoutSeconds int = 200

@description('Lease duration in seconds. Until it expires no other instance may take over an onboarding. 15 or more; 0 leaves it to the app.')
@minValue(0)
@maxValue(300)
param onboardingLeaseSeconds int = 0

@description('Days until a stored credential is marked as expired, so that rotation notices fire; 0 for never.')
@minValue(0)
@maxValue(3650)
param credentialExpiryDays int = 0

@description('Top-level domains, separated by commas, to accept in email addresses beside the known ones.')
@maxLength(1000)
param emailExtraTlds string = ''

@description('Name of the table that holds the records of onboardings.')
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

@description('Most instances at a time. Partner Center takes 500 requests a minute from a partner, 166 onboardings: four instances are enough. A region may refuse less than 40.')
@minValue(1)
@maxValue(40)
param maximumInstanceCount int = 4

@description('Maximum number of simultaneous requests on one instance; the app works on 32 onboardings at a time.')
@minValue(1)
@maxValue(32)
param perInstanceConcurrency int = 16

@description('Instances kept warm; they cost while idle.')
@minValue(0)
@maxValue(10)
param alwaysReadyInstances int = 0

@description('Spreads app and storage over zones, where the region has them; two instances are then always on.')
param zoneRedundant bool = false

// --- Network and rights

@description('Gives the app a network of its own: VNet integration, private endpoints for vaults and storage, DNS zones, one outbound address. Without it, see infra/README.md: the vaults refuse unknown addresses.')
param networkIsolation bool = true

@description('Address space of that network, /26 or larger.')
@minLength(9)
@maxLength(18)
param networkAddressPrefix string = '10.40.0.0/24'

@description('With `networkIsolation`: service tags that the app may reach on port 443. Entra, telemetry, and those that hold the addresses of Partner Center; `Internet` opens all.')
@minLength(1)
@maxLength(20)
param outboundServiceTags array = [
  'AzureActiveDirectory'
  'AzureMonitor'
  'AzureFrontDoor.Frontend'
  'AzureCloud'
]

@description('Without `networkIsolation`: resource id of a subnet of yours that the app sends from, delegated to Microsoft.App/environments.')
@maxLength(400)
param existingSubnetId string = ''

@description('IPv4 addresses or ranges that may reach the vaults while their public endpoints are open.')
@maxLength(100)
param vaultAllowedIpRanges array = []

@description('Resource id of a role that was created beforehand, for deployers who may not define one; empty lets this deployment define it.')
@maxLength(200)
param writerRoleDefinitionId string = ''

@description('False leaves roles and locks as they are, for a workflow whose identity has Contributor and no more. The first deployment of an environment, and each one that changes a role or lock, needs true, and somebody who may assign roles.')
param deployRights bool = true

// --- Operation

@description('Mail addresses that get every alert, at least one.')
@minLength(1)
@maxLength(20)
param alertEmails array

@description('Mail addresses that get the urgent alerts as well, such as the one of a pager.')
@maxLength(20)
param onCallEmails array = []

@description('Hours without one successful onboarding that are worth an alert; 0 where quiet times are normal.')
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

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 90

@description('Gigabytes of logs in a day that are worth an alert. Logs are never cut off: a cap would silence the alerts as well.')
@minValue(1)
@maxValue(100)
param logDailyAlertGb int = 1

@description('Object ids of the identities that deploy, such as the one of the workflow: changes by them raise no alert.')
@maxLength(10)
param deploymentPrincipalIds array = []

// Azd hands blanks over for what is not set.
func given(list array) array => map(filter(list, text => !empty(trim(text))), text => trim(text))

// What a single parameter cannot say fails here, before anything is deployed.
var nameCharacters = map(range(0, length(environmentName)), i => substring(environmentName, i, 1))
var strangeCharacters = filter(nameCharacters, one => !contains('abcdefghijklmnopqrstuvwxyz0123456789-', one))
var nameFits = empty(strangeCharacters) && !startsWith(environmentName, '-') && !endsWith(environmentName, '-') && !contains(
  environmentName,
  '--'
)
var environmentId = nameFits
  ? environmentName
  : fail('environmentName takes lower-case letters, digits and single hyphens between them, such as dev or prod-2.')

var callerClientIds = given(allowedCallerClientIds)
var apiMissing = empty(apiClientId) || apiClientId == '00000000-0000-0000-0000-000000000000' || empty(callerClientIds)
var signIn = callerAuthentication == 'entra' && apiMissing
  ? fail('callerAuthentication entra needs apiClientId, and the client id of at least one caller in allowedCallerClientIds.')
  : callerAuthentication
var leaseSeconds = onboardingLeaseSeconds == 0 || onboardingLeaseSeconds >= 15
  ? onboardingLeaseSeconds
  : fail('onboardingLeaseSeconds must be 0, or from 15 to 300.')
var fallbackRegion = toLower(replace(fallbackLocation, ' ', '')) == toLower(replace(location, ' ', ''))
  ? fail('fallbackLocation must be another region than location.')
  : fallbackLocation
var prefixParts = split(networkAddressPrefix, '/')
var prefixFits = length(prefixParts) == 2 && int(last(prefixParts)) <= 26
var networkPrefix = prefixFits
  ? networkAddressPrefix
  : fail('networkAddressPrefix must be /26 or larger, such as 10.40.0.0/24: the app and the private endpoints get a /27 each.')
var suffixLength = length(customerDomainSuffix) + (startsWith(customerDomainSuffix, '.') ? 0 : 1)
var domainSuffix = suffixLength <= 85
  ? customerDomainSuffix
  : fail('customerDomainSuffix has at most 85 characters, including the leading dot: the name of a secret ends at 127.')
var operatorEmails = empty(given(alertEmails))
  ? fail('alertEmails needs at least one mail address.')
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
  // Nothing in the app's properties refers to its rights and ways; without them its first start fails.
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

// Always, so that `key` after `entra` switches the sign-in off again.
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
