import type { IncomingMessage } from 'node:http';
import type { NullableStrings, RpcHttpData } from './core-types.ts';

/** The headers with lower-case names; repeated ones are joined with a comma. */
export function readHeaders(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headersDistinct).map(([name, values = []]) => [name, values.join(',')]),
  );
}

/** Splits the request target into its raw path and its query; undefined when it is none that a URL can hold. */
export function readTarget(request: IncomingMessage): { url: URL; path: string } | undefined {
  try {
    const target = (request.url ?? '/').replace(/^https?:\/\/[^/?]*/i, '');
    const url = new URL(
      `http://${request.headers.host ?? 'localhost'}${target.startsWith('/') ? target : `/${target}`}`,
    );
    return { url, path: target.split(/[?#]/)[0] ?? '/' };
  } catch {
    return undefined;
  }
}

/**
 * The body when the request announces its length, nothing when it is chunked: the host looks at Content-Length alone.
 * Rejects when the caller goes away.
 */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  if (announcedLength(request) === 0) {
    request.resume();
    return undefined;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The Content-Length, 0 without one. */
export function announcedLength(request: IncomingMessage): number {
  return Number(request.headers['content-length'] ?? 0);
}

/** A request as the host hands it to the worker. */
export function toRpcHttp(
  method: string,
  url: URL,
  headers: Record<string, string>,
  parameters: Record<string, string>,
  body: Buffer | undefined,
): RpcHttpData {
  return {
    method,
    url: url.href,
    nullableHeaders: toNullable(headers),
    nullableQuery: toNullable(joinQuery(url.searchParams)),
    nullableParams: toNullable(parameters),
    ...(body ? { body: { bytes: body } } : {}),
  };
}

/** Repeated keys, in whatever case, arrive joined with a comma under their first spelling. */
function joinQuery(query: URLSearchParams): Record<string, string> {
  const spellings = new Map<string, string>();
  const joined: Record<string, string> = {};
  for (const [key, value] of query) {
    const spelling = spellings.get(key.toLowerCase());
    if (spelling === undefined) {
      spellings.set(key.toLowerCase(), key);
      joined[key] = value;
    } else {
      joined[spelling] = `${joined[spelling]},${value}`;
    }
  }
  return joined;
}

function toNullable(values: Record<string, string>): NullableStrings {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
}
