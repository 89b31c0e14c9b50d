import { errorCodes } from '../../shared/errors/error-codes.ts';
import { operations, type Operation } from '../../shared/open-api/operations.ts';
import type { JsonObject } from '../../shared/open-api/refer.ts';
import { connectionAnswerSchema } from '../../shared/schema/connection-answer.ts';
import { customerAnswerSchema } from '../../shared/schema/customer-answer.ts';
import { customerRequestSchema } from '../../shared/schema/customer-request.ts';
import { onboardingListSchema } from '../../shared/schema/onboarding-list.ts';
import { onboardingRecordSchema } from '../../shared/schema/onboarding-record.ts';
import { validationAnswerSchema } from '../../shared/schema/validation-answer.ts';
import { toConnectorSchema } from './connector-schema.ts';

/** How makers sign in: the connector of a deployment has one of them, as `CALLER_AUTHENTICATION` says. */
export type ConnectorSignIn = 'key' | 'entra';

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
  description: 'Prefix of the initial domain, such as contoso, or the whole of it.',
  'x-ms-summary': 'Domain',
  'x-ms-url-encoding': 'single',
};

const statuses = {
  name: 'status',
  in: 'query',
  required: false,
  type: 'string',
  description: 'One or several statuses, separated by commas, such as CredentialsLost. Left out, all of them.',
  'x-ms-summary': 'Status',
  'x-ms-visibility': 'important',
};

/** The connector for Power Automate, Power Apps and Logic Apps, in the Swagger 2 that they import. */
export function buildConnector(version: string, signIn: ConnectorSignIn): JsonObject {
  const { onboard, list, validate, find, connect } = operations;
  return {
    swagger: '2.0',
    info: {
      title: 'CSP Onboarding',
      description:
        'Onboards a customer of a Microsoft cloud partner: checks it, creates its tenant and keeps the credentials of its first administrator in a vault.',
      version,
      contact: { name: 'CSP Onboarding', url: 'https://www.example.com', email: 'support@example.com' },
    },
    host: 'contoso-onboarding.azurewebsites.net',
    basePath: '/api',
    schemes: ['https'],
    consumes: json,
    produces: json,
    ...security[signIn],
    paths: {
      '/v1/customers': {
        get: {
          ...describe(list, 'important', [statuses], { 200: answer('One page of the records.', 'Onboardings') }),
          'x-ms-pageable': { nextLinkName: 'nextLink' },
        },
        post: describe(onboard, 'important', [body], {
          200: { description: 'Onboarded by an earlier call; the body is the same.' },
          201: answer('The customer is onboarded.', 'Customer'),
        }),
      },
      '/v1/customers/validate': {
        post: describe(validate, 'important', [body], { 200: answer('Every check passed.', 'Validation') }),
      },
      '/v1/customers/{domain}': {
        get: describe(find, 'important', [domain], { 200: answer('What is on record.', 'Onboarding') }),
      },
      '/v1/connection': {
        get: describe(connect, 'internal', [], { 200: answer('Everything works.', 'Connection') }),
      },
    },
    definitions: {
      CustomerRequest: toConnectorSchema(customerRequestSchema, true),
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
  const failures: Record<string, { description: string }> = {};
  for (const code of codes.toSorted((left, right) => errorCodes[left].status - errorCodes[right].status)) {
    const { status, message } = errorCodes[code];
    const before = failures[status] ? `${failures[status].description} ` : '';
    failures[status] = { description: `${before}${code}: ${message}` };
  }
  const responses = { ...answers, ...failures };
  return { operationId, summary, description, 'x-ms-visibility': visibility, parameters, responses };
}
