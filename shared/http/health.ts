import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import manifest from '../../package.json' with { type: 'json' };
import type { HealthAnswer } from '../schema/answer-types.ts';
import { answerJson } from './answers.ts';
import { correlationIdOf } from './correlation.ts';

/** `GET /api/health`: liveness only; reads no setting and calls no other service. */
export function handleHealth(request: HttpRequest, invocation: InvocationContext): Promise<HttpResponseInit> {
  const context = { request, correlationId: correlationIdOf(request, invocation) };
  const body: HealthAnswer = { status: 'Healthy', version: manifest.version };
  return Promise.resolve(answerJson(context, 200, body));
}
