import type { Json, JsonObject } from '../../shared/open-api/refer.ts';
import { brandColor } from './draw-icon.ts';
import type { ConnectorSignIn } from './connector-definition.ts';

const functionKey: Json = {
  type: 'securestring',
  uiDefinition: {
    displayName: 'Function key',
    description: 'A function key of the function app, from its page "App keys".',
    tooltip: 'Ask whoever runs the service for a key of your own.',
    constraints: { tabIndex: 2, clearText: false, required: 'true' },
  },
};

/** Replace the client id with the one of the app registration for the connector, and the resource with the service's. */
const entra: Json = {
  type: 'oauthSetting',
  oAuthSettings: {
    identityProvider: 'aad',
    clientId: '00000000-0000-0000-0000-000000000000',
    scopes: [],
    redirectMode: 'GlobalPerConnector',
    redirectUrl: 'https://global.consent.azure-apim.net/redirect',
    properties: {
      IsFirstParty: 'False',
      AzureActiveDirectoryResourceId: 'api://csp-onboarding',
      IsOnbehalfofLoginSupported: true,
    },
    customParameters: {
      loginUri: { value: 'https://login.microsoftonline.com' },
      tenantId: { value: 'common' },
      resourceUri: { value: 'api://csp-onboarding' },
      enableOnbehalfOfLogin: { value: 'false' },
    },
  },
};

/** How the connector looks and what a connection asks of its maker. */
export function buildConnectorProperties(signIn: ConnectorSignIn): JsonObject {
  return {
    properties: {
      connectionParameters: signIn === 'key' ? { api_key: functionKey } : { token: entra },
      iconBrandColor: brandColor,
      capabilities: ['actions'],
      policyTemplateInstances: [],
      publisher: 'CSP Onboarding',
    },
  };
}
