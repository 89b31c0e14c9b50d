import { randomBytes, randomUUID } from 'node:crypto';
import type { WireAnswer } from '../wire/wire.ts';
import type { Knobs } from './knobs.ts';
import type { PartnerError, Reply } from './reply.ts';

/** The ids that every answer carries: the caller's, or new ones. */
export interface TraceIds {
  readonly requestId: string;
  readonly correlationId: string;
}

export function readTraceIds(headers: Readonly<Record<string, string>>): TraceIds {
  return {
    requestId: headers['ms-requestid'] || randomUUID(),
    correlationId: headers['ms-correlationid'] || randomUUID(),
  };
}

/** Renders a reply: Partner Center's headers, the byte order mark, the shape of the error. */
export function renderReply(reply: Reply, ids: TraceIds, knobs: Knobs, method = 'GET'): WireAnswer {
  const headers: Record<string, string> = {
    'MS-RequestId': ids.requestId,
    'MS-CorrelationId': ids.correlationId,
    'MS-CV': `${randomBytes(12).toString('base64')}.0`,
    'MS-ServerId': '020019203',
    Date: new Date(Date.now()).toUTCString(),
    ...reply.headers,
  };
  const text = method === 'HEAD' ? undefined : writeBody(reply, knobs);
  // As in the examples of "Verify domain availability"; without it Node's client closes the connection.
  if (method === 'HEAD') headers['content-length'] = '0';
  if (text === undefined) return { status: reply.status, headers };
  headers['Content-Type'] = 'application/json; charset=utf-8';
  return { status: reply.status, headers, body: knobs.byteOrderMark ? `\u{feff}${text}` : text };
}

function writeBody(reply: Reply, knobs: Knobs): string | undefined {
  if (reply.text !== undefined) return reply.text;
  if (reply.json) return JSON.stringify(reply.json);
  if (!reply.error) return undefined;
  const body = shapeError(reply.error, reply.status, knobs);
  return body && JSON.stringify(body);
}

/** The shapes that Partner Center's errors have: A documented, B newer services, C gateway, D nothing. */
function shapeError(error: PartnerError, status: number, knobs: Knobs): object | undefined {
  const { description, data } = error;
  const code = knobs.codeAsText ? String(error.code) : error.code;
  switch (knobs.errorShape ?? error.shape ?? 'A') {
    case 'A':
      return { code, description, ...(data && { data }), source: 'PartnerFD' };
    case 'B':
      return {
        code,
        message: description,
        description,
        errorName: `Error${error.code}`,
        isRetryable: status >= 500,
        parameters: data ? { values: data } : {},
        errorMessageExtended: `InternalErrorCode=${error.code}`,
      };
    case 'C':
      return { statusCode: status, message: description };
    default:
      return undefined;
  }
}
