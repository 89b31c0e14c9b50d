import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import manifest from '../../package.json' with { type: 'json' };
import { buildOpenApi } from '../open-api/document.ts';
import { answerJson } from './answers.ts';
import { correlationIdOf } from './correlation.ts';

/** `GET /api/openapi.json`: built when it is asked for, so that the start of the app does not pay for it. */
export function handleOpenApi(request: HttpRequest, invocation: InvocationContext): Promise<HttpResponseInit> {
  const context = { request, correlationId: correlationIdOf(request, invocation) };
  return Promise.resolve(answerJson(context, 200, buildOpenApi(manifest.version)));
}
