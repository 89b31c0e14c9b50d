import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import manifest from '../../package.json' with { type: 'json' };
import { buildOpenApi } from '../open-api/document.ts';
import { answerJson } from './answers.ts';
import { correlationIdOf } from './correlation.ts';

/** `GET /api/openapi.json`: built on request, so that it does not slow down the start of the app. */
export function handleOpenApi(request: HttpRequest, invocation: InvocationContext): Promise<HttpResponseInit> {
  const context = { request, correlationId: correlationIdOf(request, invocation) };
  return Promise.resolve(answerJson(context, 200, buildOpenApi(manifest.version)));
}
