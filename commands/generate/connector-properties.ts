import type { Json, JsonObject } from '../../shared/open-api/refer.ts';
import { brandColor } from './draw-icon.ts';
import { basePath, type ConnectorSignIn } from './connector-definition.ts';

const functionKey: Json = {
  type: 'securestring',
  uiDefinition: {
    displayName: 'Function key',
    description: 'A key of the function app, from its page App keys.',
    tooltip: 'Ask the operator of the service for a key of your own.',
    constraints: { tabIndex: 2, clearText: false, required: 'true' },
  },
};

/** Each connection names the service that it calls, so that one connector serves test and production, and every customer. */
const hostUrl: Json = {
  type: 'string',
  uiDefinition: {
    displayName: 'Host name',
    description: 'Host name of the function app, without https, such as contoso-onboarding.azurewebsites.net.',
    tooltip: 'The host name, such as contoso-onboarding.azurewebsites.net.',
    constraints: { tabIndex: 1, clearText: true, required: 'true' },
  },
};
/** The template replaces host and base path ("Set Host URL"), and https stays fixed. */
const setHost: Json = {
  templateId: 'dynamichosturl',
  title: 'Call the host of the connection',
  parameters: { 'x-ms-apimTemplateParameter.urlTemplate': `https://@connectionParameters('hostUrl')${basePath}` },
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

/** The appearance of the connector and the parameters of a connection. */
export function buildConnectorProperties(signIn: ConnectorSignIn): JsonObject {
  return {
    properties: {
      connectionParameters: { ...(signIn === 'key' ? { api_key: functionKey } : { token: entra }), hostUrl },
      iconBrandColor: brandColor,
      capabilities: ['actions'],
      policyTemplateInstances: [setHost],
      publisher: 'CSP Onboarding',
    },
  };
}
