import type { ServerResponse } from 'node:http';
import type { RpcHttpCookie, RpcHttpData, RpcTypedData } from './core-types.ts';

export interface HostAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Closes the connection after the answer. */
  readonly close?: boolean;
  /** Omits the custom headers of host.json: the response comes from the web server, not from the host. */
  readonly bare?: boolean;
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

/** The response for what a function returned: 204 for nothing, 500 for anything that cannot be sent. */
export function toHostAnswer(result: RpcTypedData | null | undefined): HostAnswer {
  if (!result?.http) return { status: 204 };
  const { statusCode, headers = {}, cookies = [], body } = result.http;
  const bytes = readBytes(body);
  const status = Number(statusCode ?? 200);
  const isSendable = Object.values(headers).every((value) => /^[\t\x20-\x7e]*$/.test(value));
  const length = headers['content-length'];
  if (!isSendable || (length !== undefined && Number(length) < bytes.length)) {
    return { status: 500 };
  }
  const cookie = cookies.map(serialiseCookie).join(', ');
  return { status, headers: cookie === '' ? headers : { ...headers, 'set-cookie': cookie }, body: bytes };
}

/**
 * Sends a response. The app's headers replace custom headers of the same name; the body is chunked unless the app set a
 * length.
 */
export function writeAnswer(
  response: ServerResponse,
  answer: HostAnswer,
  customHeaders: Readonly<Record<string, string>>,
): void {
  if (response.destroyed || response.headersSent) return;
  for (const [name, value] of Object.entries(answer.bare ? {} : customHeaders)) response.setHeader(name, value);
  for (const [name, value] of Object.entries(answer.headers ?? {})) {
    response.setHeader(knownHeaders.get(name.toLowerCase()) ?? name, value);
  }
  if (answer.close) response.setHeader('Connection', 'close');
  response.statusCode = answer.status;
  const body = answer.body ?? new Uint8Array();
  const announced = response.getHeader('content-length');
  const isBroken = response.hasHeader('transfer-encoding') || Number(announced ?? 0) > body.length;
  if (body.length > 0) response.write(body);
  // The real host sends such responses too, and the caller sees the connection break in the middle.
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
