import { errorCodes, type ErrorCode } from '../errors/error-codes.ts';
import { exampleOfError } from './examples.ts';
import { header } from './headers.ts';
import type { Operation } from './operations.ts';
import { describePlatformResponse, listStatuses } from './platform-responses.ts';
import type { Json, JsonObject } from './refer.ts';

/** An example of each error, as a component of OpenAPI. */
export function errorExamples(): JsonObject {
  const codes = Object.keys(errorCodes) as ErrorCode[];
  return Object.fromEntries(
    codes.map((code) => [code, { summary: errorCodes[code].title, value: exampleOfError(code) as unknown as Json }]),
  );
}

/** A successful response: its schema by name, and further headers. */
export function success(description: string, schema: string, example: unknown, headers: JsonObject = {}): JsonObject {
  return {
    description,
    headers: { 'x-correlation-id': header('CorrelationId'), ...headers },
    content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` }, example: example as Json } },
  };
}

/** The errors of an operation by status, each code with its meaning, what to do, and an example; and the platform's own responses. */
export function errorResponses({ codes }: Operation): JsonObject {
  const statuses = listStatuses(codes.map((code) => errorCodes[code].status));
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      errorResponse(
        status,
        codes.filter((code) => errorCodes[code].status === status),
      ),
    ]),
  );
}

function errorResponse(status: number, codes: readonly ErrorCode[]): JsonObject {
  const description = describeErrors(status, codes);
  if (codes.length === 0) return { description };
  const schema = { $ref: '#/components/schemas/Error' };
  const examples = Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]));
  const mayRetry = codes.some((code) => errorCodes[code].retry);
  return {
    description,
    headers: {
      'x-correlation-id': header('CorrelationId'),
      'x-ms-error-code': header('ErrorCode'),
      ...(mayRetry ? { 'Retry-After': header('RetryAfter') } : {}),
    },
    content: { 'application/json': { schema, examples }, 'application/problem+json': { schema, examples } },
  };
}

/** A table of the codes: what each means and what to do. Then what the platform returns. */
function describeErrors(status: number, codes: readonly ErrorCode[]): string {
  const rows = codes.map((code) => `| \`${code}\` | ${errorCodes[code].title} | ${errorCodes[code].message} |`);
  const table =
    rows.length === 0 ? [] : [['| Code | Meaning | What to do |', '| --- | --- | --- |', ...rows].join('\n')];
  return [...table, describePlatformResponse(status) ?? []].flat().join('\n\n');
}
