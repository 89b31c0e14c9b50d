import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { errorCodes } from '../errors/error-codes.ts';
import type { OnboardingError } from '../errors/onboarding-error.ts';
import type { ErrorAnswer } from '../schema/answer-types.ts';

/** What a response needs to know about its request. */
export interface AnswerContext {
  readonly request: Pick<HttpRequest, 'headers' | 'url'>;
  readonly correlationId: string;
}

/** A JSON response with the headers of every response; undefined fields are omitted. */
export function answerJson(
  { correlationId }: AnswerContext,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): HttpResponseInit {
  return {
    status,
    headers: {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      'x-correlation-id': correlationId,
      ...headers,
    },
    body: JSON.stringify(body),
  };
}

/** An error in three forms in one body: for Power Automate, for Azure tooling, and as RFC 9457 describes. */
export function answerError(context: AnswerContext, error: OnboardingError): HttpResponseInit {
  const { code, status, message } = error;
  const { target, details, customerId, retryAfter } = error.facts;
  const { title } = errorCodes[code];
  const problem = context.request.headers.get('accept')?.toLowerCase().includes('application/problem+json');
  const type = new URL(`/errors/${code}`, context.request.url).href;
  const correlationId = context.correlationId;
  const some = details && details.length > 0 ? details : undefined;
  const body: ErrorAnswer = {
    type,
    title,
    status,
    detail: message,
    code,
    message,
    correlationId,
    customerId,
    error: { code, message, target, details: some },
  };
  return answerJson(context, status, body, {
    'x-ms-error-code': code,
    ...(problem ? { 'Content-Type': 'application/problem+json' } : {}),
    ...(retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }),
  });
}
