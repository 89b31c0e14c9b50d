import { errorCodes } from '../../shared/errors/error-codes.ts';
import { operations, type Operation } from '../../shared/open-api/operations.ts';
import { describePlatformResponse, listStatuses } from '../../shared/open-api/platform-responses.ts';
import type { JsonObject } from '../../shared/open-api/refer.ts';
import { describeRequest } from '../../shared/open-api/request-schema.ts';
import { connectionAnswerSchema } from '../../shared/schema/connection-answer.ts';
import { customerAnswerSchema } from '../../shared/schema/customer-answer.ts';
import { onboardingListSchema } from '../../shared/schema/onboarding-list.ts';
import { onboardingRecordSchema } from '../../shared/schema/onboarding-record.ts';
import { validationAnswerSchema } from '../../shared/schema/validation-answer.ts';
import { toConnectorSchema } from './connector-schema.ts';

/** How makers sign in: the connector of a deployment has one of them, according to `CALLER_AUTHENTICATION`. */
export type ConnectorSignIn = 'key' | 'entra';

/** The base path of the API. */
export const basePath = '/api';
const json = ['application/json'];
const security = {
  key: {
    securityDefinitions: { functionKey: { type: 'apiKey', in: 'header', name: 'x-functions-key' } },
    security: [{ functionKey: [] }],
  },
  entra: {
    securityDefinitions: {
      entra: {
        type: 'oauth2',
        flow: 'accessCode',
        authorizationUrl: 'https://login.microsoftonline.com/common/oauth2/authorize',
        tokenUrl: 'https://login.microsoftonline.com/common/oauth2/token',
        scopes: {},
      },
    },
    security: [{ entra: [] }],
  },
} as const;
const body = {
  name: 'body',
  in: 'body',
  required: true,
  description: 'The customer to onboard.',
  'x-ms-summary': 'Customer',
  schema: { $ref: '#/definitions/CustomerRequest' },
};
const domain = {
  name: 'domain',
  in: 'path',
  required: true,
  type: 'string',
  description: 'Prefix of the initial domain, such as contoso, or the full domain.',
  'x-ms-summary': 'Domain',
  'x-ms-url-encoding': 'single',
};

const statuses = {
  name: 'status',
  in: 'query',
  required: false,
  type: 'string',
  description: 'One or several statuses, separated by commas, such as OutcomeUnknown,CredentialsLost. Default: all.',
  'x-ms-summary': 'Status',
  'x-ms-visibility': 'important',
};

/** The connector for Power Automate, Power Apps and Logic Apps, as the Swagger 2 document that they import. */
export function buildConnector(version: string, signIn: ConnectorSignIn): JsonObject {
  const { onboard, list, validate, find, connect } = operations;
  return {
    swagger: '2.0',
    info: {
      title: 'CSP Onboarding',
      description:
        'Onboards customers of a Microsoft cloud partner: checks the customer, creates its tenant and stores the credentials of its first administrator in a vault.',
      version,
      contact: { name: 'CSP Onboarding', url: 'https://www.example.com', email: 'support@example.com' },
    },
    // A placeholder: each connection names its host (connector-properties.ts).
    host: 'contoso-onboarding.azurewebsites.net',
    basePath,
    schemes: ['https'],
    consumes: json,
    produces: json,
    ...security[signIn],
    paths: {
      '/v1/customers': {
        get: {
          ...describe(list, 'important', [statuses], { 200: answer('One page of onboardings.', 'Onboardings') }),
          'x-ms-pageable': { nextLinkName: 'nextLink' },
        },
        post: describe(onboard, 'important', [body], {
          200: { description: 'An earlier call had onboarded the customer; same body as 201.' },
          201: answer('The customer is onboarded.', 'Customer'),
        }),
      },
      '/v1/customers/validate': {
        post: describe(validate, 'important', [body], { 200: answer('Every check passed.', 'Validation') }),
      },
      '/v1/customers/{domain}': {
        get: describe(find, 'important', [domain], { 200: answer('The onboarding as recorded.', 'Onboarding') }),
      },
      '/v1/connection': {
        get: describe(connect, 'internal', [], { 200: answer('Every check passed.', 'Connection') }),
      },
    },
    definitions: {
      CustomerRequest: toConnectorSchema(describeRequest(), true),
      Customer: toConnectorSchema(customerAnswerSchema, false),
      Validation: toConnectorSchema(validationAnswerSchema, false),
      Onboarding: toConnectorSchema(onboardingRecordSchema, false),
      Onboardings: toConnectorSchema(onboardingListSchema, false),
      Connection: toConnectorSchema(connectionAnswerSchema, false),
    },
    'x-ms-connector-metadata': [
      { propertyName: 'Website', propertyValue: 'https://www.example.com' },
      { propertyName: 'Privacy policy', propertyValue: 'https://www.example.com/privacy' },
      { propertyName: 'Categories', propertyValue: 'IT Operations' },
    ],
    'x-ms-capabilities': { testConnection: { operationId: connect.operationId, parameters: {} } },
  };
}

function answer(description: string, definition: string): JsonObject {
  return { description, schema: { $ref: `#/definitions/${definition}` } };
}

function describe(
  { operationId, summary, description, codes }: Operation,
  visibility: string,
  parameters: readonly JsonObject[],
  answers: JsonObject,
): JsonObject {
  const failures = listStatuses(codes.map((code) => errorCodes[code].status)).map((status) => {
    const own = codes.filter((code) => errorCodes[code].status === status);
    const sentences = own.map((code) => `${code}: ${errorCodes[code].message}`);
    return [status, { description: [...sentences, describePlatformResponse(status) ?? []].flat().join(' ') }] as const;
  });
  const responses = { ...answers, ...Object.fromEntries(failures) };
  return { operationId, summary, description, 'x-ms-visibility': visibility, parameters, responses };
}
