/** Headers of requests, as parameters of OpenAPI. */
export const requestHeaders = {
  correlation: {
    name: 'x-correlation-id',
    in: 'header',
    description:
      'A GUID of the caller that identifies the call in the log. Default: the trace ID of traceparent, or a new one.',
    schema: { type: 'string', format: 'uuid' },
  },
  trace: {
    name: 'traceparent',
    in: 'header',
    description: 'Trace of the caller (W3C Trace Context).',
    schema: { type: 'string' },
  },
} as const;

/** Headers of responses, as components of OpenAPI. */
export const answerHeaders = {
  CorrelationId: {
    description: 'The correlation ID of the call, in every response.',
    schema: { type: 'string', format: 'uuid' },
  },
  Location: { description: 'URI of the record of the onboarding.', schema: { type: 'string', format: 'uri' } },
  IdempotentReplayed: {
    description: 'True: an earlier call had already onboarded the customer.',
    schema: { type: 'string', enum: ['true'] },
  },
  RetryAfter: {
    description: 'Seconds to wait before the same request is sent again.',
    schema: { type: 'integer', minimum: 1 },
  },
  ErrorCode: { description: 'The code of the error, as in the body.', schema: { type: 'string' } },
} as const;

/** A reference to one of them. */
export function header(name: keyof typeof answerHeaders): { readonly $ref: string } {
  return { $ref: `#/components/headers/${name}` };
}
