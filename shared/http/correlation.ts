import { randomUUID } from 'node:crypto';
import type { HttpRequest, InvocationContext } from '@azure/functions';
import { isGuid } from '../onboarding/correlation.ts';

/** The correlation ID of a request: the caller's if it is a GUID, otherwise the trace ID (W3C Trace Context) in GUID form, otherwise a new one. */
export function correlationIdOf(
  { headers }: Pick<HttpRequest, 'headers'>,
  { traceContext }: Pick<InvocationContext, 'traceContext'>,
): string {
  const given = headers.get('x-correlation-id')?.trim();
  if (isGuid(given)) return given;
  const trace = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/.exec(
    headers.get('traceparent')?.trim() ?? traceContext?.traceParent ?? '',
  )?.[1];
  if (trace === undefined || /^0+$/.test(trace)) return randomUUID();
  return trace.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
