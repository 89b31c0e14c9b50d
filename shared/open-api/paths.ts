import { examples } from './examples.ts';
import { header, requestHeaders } from './headers.ts';
import { operations, type Operation } from './operations.ts';
import type { Json, JsonObject } from './refer.ts';
import { errorResponses, success } from './responses.ts';

const requestBody: Json = {
  required: true,
  description: 'The customer, at most 64 KiB. Unknown fields are refused.',
  content: {
    'application/json': {
      schema: { $ref: '#/components/schemas/CustomerRequest' },
      example: examples.request,
    },
  },
};
const validateOnly: Json = {
  name: 'validateOnly',
  in: 'query',
  description: 'True: run every check and create nothing; same response as Validate a customer.',
  schema: { type: 'boolean', default: false },
};
const domain: Json = {
  name: 'domain',
  in: 'path',
  required: true,
  description: 'Prefix of the initial domain, or the full domain.',
  schema: { type: 'string' },
  example: 'contosocoffee',
};
const listQuery: readonly Json[] = [
  {
    name: 'status',
    in: 'query',
    description: 'One or several statuses, separated by commas. Default: all.',
    schema: { type: 'string' },
    example: 'CredentialsLost,OutcomeUnknown',
  },
  {
    name: 'continuation',
    in: 'query',
    description: 'Part of the nextLink of the previous page.',
    schema: { type: 'string' },
  },
];
const anyCall = [requestHeaders.correlation, requestHeaders.trace] as const;

/** The paths of the OpenAPI document. */
export function buildPaths(): JsonObject {
  const { onboard, list, validate, find, connect, health, describe } = operations;
  const validated = success('Every check passed.', 'Validation', examples.validation);
  const customers = { tags: ['Customers'] };
  return {
    '/v1/customers': {
      get: {
        ...describeOperation(list, customers, [...listQuery, ...anyCall]),
        responses: { 200: success('One page of onboardings.', 'Onboardings', examples.list), ...errorResponses(list) },
      },
      post: {
        ...describeOperation(onboard, customers, [...anyCall, validateOnly]),
        requestBody,
        responses: { ...onboarded(), ...errorResponses(onboard) },
      },
    },
    '/v1/customers/validate': {
      post: {
        ...describeOperation(validate, customers, anyCall),
        requestBody,
        responses: { 200: validated, ...errorResponses(validate) },
      },
    },
    '/v1/customers/{domain}': {
      get: {
        ...describeOperation(find, customers, [domain, ...anyCall]),
        responses: {
          200: success('The onboarding as recorded.', 'Onboarding', examples.record),
          ...errorResponses(find),
        },
      },
    },
    '/v1/connection': {
      get: {
        ...describeOperation(connect, { tags: ['Operation'] }, anyCall),
        responses: {
          200: success('Every check passed.', 'Connection', examples.connection),
          ...errorResponses(connect),
        },
      },
    },
    '/health': {
      get: {
        ...describeOperation(health, { tags: ['Operation'], security: [] }, anyCall),
        responses: { 200: success('The instance is running.', 'Health', examples.health), ...errorResponses(health) },
      },
    },
    '/openapi.json': {
      get: {
        ...describeOperation(describe, { tags: ['Operation'], security: [] }, []),
        responses: {
          200: { description: 'OpenAPI 3.1.', content: { 'application/json': { schema: { type: 'object' } } } },
          ...errorResponses(describe),
        },
      },
    },
  };
}

function describeOperation(
  { operationId, summary, description }: Operation,
  rest: JsonObject,
  parameters: readonly Json[],
): JsonObject {
  return { operationId, summary, description, ...rest, ...(parameters.length > 0 ? { parameters } : {}) };
}

function onboarded(): JsonObject {
  const { customer, validation } = examples;
  const replayed = success(
    'An earlier call had onboarded the customer. With validateOnly: every check passed.',
    'Customer',
    customer,
    {
      'Idempotent-Replayed': header('IdempotentReplayed'),
    },
  );
  const schema = { anyOf: ['Customer', 'Validation'].map((name) => ({ $ref: `#/components/schemas/${name}` })) };
  const both = {
    Replayed: { summary: 'Onboarded before', value: customer },
    Valid: { summary: 'With validateOnly', value: validation },
  };
  return {
    200: { ...replayed, content: { 'application/json': { schema, examples: both } } },
    201: success('The customer is onboarded.', 'Customer', customer, { Location: header('Location') }),
  };
}
