import type { ServerResponse } from 'node:http';
import type { RpcHttpCookie, RpcHttpData, RpcTypedData } from './core-types.ts';

export interface HostAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Closes the connection after the answer. */
  readonly close?: boolean;
}

const knownHeaders = new Map(
  (
    'Accept-Ranges,Age,Allow,Cache-Control,Content-Disposition,Content-Encoding,Content-Language,Content-Length,Content-Location,' +
    'Content-Range,Content-Security-Policy,Content-Type,ETag,Expires,Last-Modified,Link,Location,Pragma,Referrer-Policy,' +
    'Retry-After,Set-Cookie,Strict-Transport-Security,Vary,Via,Warning,WWW-Authenticate,X-Content-Type-Options,X-Frame-Options'
  )
    .split(',')
    .map((name) => [name.toLowerCase(), name]),
);

/** What a function returned, as an answer: nothing is 204, anything that cannot be sent is 500. */
export function toHostAnswer(result: RpcTypedData | null | undefined): HostAnswer {
  if (!result?.http) return { status: 204 };
  const { statusCode, headers = {}, cookies = [], body } = result.http;
  const bytes = readBytes(body);
  const status = Number(statusCode ?? 200);
  const isSendable = Object.values(headers).every((value) => /^[\t\x20-\x7e]*$/.test(value));
  const length = headers['content-length'];
  if (!isSendable || status < 100 || status > 599 || (length !== undefined && Number(length) < bytes.length)) {
    return { status: 500 };
  }
  const cookie = cookies.map(serialiseCookie).join(', ');
  return { status, headers: cookie === '' ? headers : { ...headers, 'set-cookie': cookie }, body: bytes };
}

/**
 * Sends an answer with the host's custom headers below the app's own; a body goes out chunked unless the app set
 * a length.
 */
export function writeAnswer(
  response: ServerResponse,
  answer: HostAnswer,
  customHeaders: Readonly<Record<string, string>>,
): void {
  if (response.destroyed || response.headersSent) return;
  for (const [name, value] of Object.entries(customHeaders)) response.setHeader(name, value);
  for (const [name, value] of Object.entries(answer.headers ?? {})) {
    response.setHeader(knownHeaders.get(name.toLowerCase()) ?? name, value);
  }
  if (answer.close) response.setHeader('Connection', 'close');
  response.statusCode = answer.status;
  const body = answer.body ?? new Uint8Array();
  const announced = response.getHeader('content-length');
  const isBroken = response.hasHeader('transfer-encoding') || Number(announced ?? 0) > body.length;
  if (body.length > 0) response.write(body);
  // The real host sends such answers too, and the caller sees a connection cut in the middle.
  if (isBroken) response.flushHeaders();
  if (isBroken) setImmediate(() => response.destroy());
  else response.end();
}

function readBytes(body: RpcHttpData['body']): Uint8Array {
  return body?.bytes ?? Buffer.from(body?.string ?? body?.json ?? '');
}

function serialiseCookie(cookie: RpcHttpCookie): string {
  const parts = [`${cookie.name}=${encodeURIComponent(cookie.value)}`];
  if (cookie.maxAge?.value !== undefined) parts.push(`max-age=${cookie.maxAge.value}`);
  if (cookie.domain?.value) parts.push(`domain=${cookie.domain.value}`);
  if (cookie.path?.value) parts.push(`path=${cookie.path.value}`);
  if (cookie.secure?.value) parts.push('secure');
  if (cookie.httpOnly?.value) parts.push('httponly');
  return parts.join('; ');
}
