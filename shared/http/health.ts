import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import manifest from '../../package.json' with { type: 'json' };
import { answerJson } from './answers.ts';
import { correlationIdOf } from './correlation.ts';

/** `GET /api/health`: liveness only; reads no setting and touches nothing outside. */
export function handleHealth(request: HttpRequest): Promise<HttpResponseInit> {
  const context = { request, correlationId: correlationIdOf(request) };
  return Promise.resolve(answerJson(context, 200, { status: 'Healthy', version: manifest.version }));
}
