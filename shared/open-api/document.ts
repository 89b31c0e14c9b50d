import { connectionAnswerSchema } from '../schema/connection-answer.ts';
import { customerAnswerSchema } from '../schema/customer-answer.ts';
import { detailSchema } from '../schema/detail.ts';
import { errorAnswerSchema } from '../schema/error-answer.ts';
import { healthAnswerSchema } from '../schema/health-answer.ts';
import { onboardingListSchema } from '../schema/onboarding-list.ts';
import { onboardingRecordSchema } from '../schema/onboarding-record.ts';
import { draftSchema, validationAnswerSchema } from '../schema/validation-answer.ts';
import { answerHeaders } from './headers.ts';
import { buildPaths } from './paths.ts';
import { refer, type JsonObject } from './refer.ts';
import { describeRequest } from './request-schema.ts';
import { errorExamples } from './responses.ts';

const schemas = {
  Customer: customerAnswerSchema,
  Draft: draftSchema,
  Validation: validationAnswerSchema,
  Onboarding: onboardingRecordSchema,
  Onboardings: onboardingListSchema,
  Connection: connectionAnswerSchema,
  Health: healthAnswerSchema,
  Detail: detailSchema,
  Error: errorAnswerSchema,
};
const authority = 'https://login.microsoftonline.com/organizations/oauth2/v2.0';
const scopes = { 'api://csp-onboarding/.default': 'The app roles that were assigned to the caller.' };
const description = `Onboards a customer of a Microsoft cloud partner with one call: checks it, creates its tenant and stores the credentials of its first administrator in Key Vault.

Every error has the same body: \`code\` for programs, \`message\` for people. Sending a request again is always safe: the same payload for the same domain never creates a second tenant. Repeat it on 408, 429 and 5xx: after \`Retry-After\` seconds if the response has that header, else backing off.

Not every response comes from the service: the platform in front of it returns 401, 429, 500, 502, 503 and 504 by itself, with an empty body and without \`Retry-After\`.`;

/** The OpenAPI 3.1 document of the API, generated from the schemas that the code uses. */
export function buildOpenApi(version: string): JsonObject {
  const all = { CustomerRequest: describeRequest(), ...schemas };
  return {
    openapi: '3.1.0',
    info: { title: 'CSP Onboarding', version, description, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/api', description: 'The function app that served this document.' }],
    security: [{ functionKey: [] }, { entra: [] }],
    tags: [
      { name: 'Customers', description: 'Onboard customers.' },
      { name: 'Operation', description: 'For operators of the service.' },
    ],
    paths: buildPaths(),
    components: {
      schemas: Object.fromEntries(
        Object.entries(all).map(([name, schema]) => [name, refer(schema, all, '#/components/schemas/')]),
      ),
      headers: answerHeaders,
      examples: errorExamples(),
      securitySchemes: {
        functionKey: {
          type: 'apiKey',
          in: 'header',
          name: 'x-functions-key',
          description: 'Function key or app key; for deployments with CALLER_AUTHENTICATION key.',
        },
        entra: {
          type: 'oauth2',
          description: 'Microsoft Entra, for deployments with App Service Authentication; an app role may be required.',
          flows: {
            clientCredentials: { tokenUrl: `${authority}/token`, scopes },
            authorizationCode: { authorizationUrl: `${authority}/authorize`, tokenUrl: `${authority}/token`, scopes },
          },
        },
      },
    },
  };
}
