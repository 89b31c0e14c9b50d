import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import manifest from '../../package.json' with { type: 'json' };
import { answerJson } from './answers.ts';
import { correlationIdOf } from './correlation.ts';

/** `GET /api/health`: liveness only; reads no setting and touches nothing outside. */
export function handleHealth(request: HttpRequest, invocation: InvocationContext): Promise<HttpResponseInit> {
  const context = { request, correlationId: correlationIdOf(request, invocation) };
  return Promise.resolve(answerJson(context, 200, { status: 'Healthy', version: manifest.version }));
}
