/** Headers of requests, as parameters of OpenAPI. */
export const requestHeaders = {
  correlation: {
    name: 'x-correlation-id',
    in: 'header',
    description:
      'A GUID of the caller by which the call is found in the log. Left out, the trace id of traceparent, or a new one.',
    schema: { type: 'string', format: 'uuid' },
  },
  trace: {
    name: 'traceparent',
    in: 'header',
    description: 'Trace of the caller (W3C Trace Context).',
    schema: { type: 'string' },
  },
} as const;

/** Headers of answers, as components of OpenAPI. */
export const answerHeaders = {
  CorrelationId: {
    description: 'The correlation id of the call, in every answer.',
    schema: { type: 'string', format: 'uuid' },
  },
  Location: { description: 'Where the record of the onboarding is.', schema: { type: 'string', format: 'uri' } },
  IdempotentReplayed: {
    description: 'True: an earlier call had onboarded the customer already.',
    schema: { type: 'string', enum: ['true'] },
  },
  RetryAfter: {
    description: 'Seconds until the same request makes sense again.',
    schema: { type: 'integer', minimum: 1 },
  },
  ErrorCode: { description: 'The code of the error, as in the body.', schema: { type: 'string' } },
} as const;

/** A reference to one of them. */
export function header(name: keyof typeof answerHeaders): { readonly $ref: string } {
  return { $ref: `#/components/headers/${name}` };
}
