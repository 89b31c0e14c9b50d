import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import manifest from '../../package.json' with { type: 'json' };
import { answerJson } from './answers.ts';
import { correlationIdOf } from './correlation.ts';

/** `GET /api/openapi.json`: loaded and built on request, as no onboarding needs it. */
export async function handleOpenApi(request: HttpRequest, invocation: InvocationContext): Promise<HttpResponseInit> {
  const context = { request, correlationId: correlationIdOf(request, invocation) };
  const { buildOpenApi } = await import('../open-api/document.ts');
  return answerJson(context, 200, buildOpenApi(manifest.version));
}
