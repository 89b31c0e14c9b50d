import { readRetryAfter } from '../network/retry-after.ts';
import type { Incoming } from '../network/send.ts';
import { UpstreamError } from '../network/upstream-error.ts';

/** The service's own error code, for example `EntityAlreadyExists`; undefined if the response comes from elsewhere, such as a proxy. */
export function readCode(answer: Incoming): string | undefined {
  if (!answer.header('x-ms-request-id') || !answer.header('x-ms-version')) return undefined;
  const error = readRecord(parse(answer.text))?.['odata.error'];
  const code = readRecord(error)?.['code'];
  return typeof code === 'string' ? /^[A-Za-z]{1,60}$/.exec(code)?.[0] : undefined;
}

/** When the service responded, in milliseconds by its own clock. Leases depend on this time, so a response without it is malformed. */
export function readServiceTime(operation: string, answer: Incoming): number {
  const time = Date.parse(answer.header('date') ?? '');
  if (Number.isNaN(time)) throw malformed(operation, answer);
  return time;
}

/** The JSON object in a successful response. Throws a malformed `UpstreamError` if there is none. */
export function readBody(operation: string, answer: Incoming): Readonly<Record<string, unknown>> {
  const body = readRecord(parse(answer.text));
  if (!body) throw malformed(operation, answer);
  return body;
}

/** The error for a response that is neither the expected one nor a conflict, with the service's code and Retry-After. */
export function unusable(operation: string, answer: Incoming): UpstreamError {
  const code = readCode(answer);
  const { status } = answer;
  // A 404, 409 or 412 without the service's own code comes from another server, so the address is wrong.
  const strange = code === undefined && (status === 404 || status === 409 || status === 412);
  if (strange || status < 400) return malformed(operation, answer);
  const retryAfter = readRetryAfter(answer.header('retry-after'));
  return new UpstreamError({ upstream: 'table-storage', operation, reason: 'status', status, code, retryAfter });
}

/** The error for a response that cannot be read. */
export function malformed(operation: string, { status }: Pick<Incoming, 'status'>): UpstreamError {
  return new UpstreamError({ upstream: 'table-storage', operation, reason: 'malformed', status });
}

/** The value if it is a JSON object; otherwise undefined. */
export function readRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    return undefined;
  }
}
