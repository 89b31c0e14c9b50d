import type { IncomingMessage } from 'node:http';
import type { NullableStrings, RpcHttpData } from './core-types.ts';

/** The headers with lower-case names; repeated ones are joined with a comma. */
export function readHeaders(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headersDistinct).map(([name, values = []]) => [name, values.join(',')]),
  );
}

/** Splits the request target into its raw path and its query; undefined if it is not a valid URL. */
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

/** Bytes a second below which a body counts as stalled; see "MinRequestBodyDataRate" of ASP.NET Core. */
const minimumRate = 240;

/**
 * The body if the request has a Content-Length, nothing if it is chunked. `stalled` if it arrives too slowly after `grace` ms.
 * Rejects if the caller disconnects.
 */
export async function readBody(request: IncomingMessage, grace: number): Promise<Buffer | 'stalled' | undefined> {
  if (announcedLength(request) === 0) {
    request.resume();
    return undefined;
  }
  const chunks: Buffer[] = [];
  let received = 0;
  request.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    received += chunk.length;
  });
  let watch: NodeJS.Timeout | undefined;
  try {
    return await new Promise((resolve, reject) => {
      // Counts intervals rather than time, so that bodies do not count as stalled after the process was frozen.
      const beat = grace / 6;
      let elapsed = 0;
      watch = setInterval(() => {
        elapsed += beat;
        if (elapsed >= grace && received < (minimumRate * elapsed) / 1000) resolve('stalled');
      }, beat);
      request.once('end', () => resolve(Buffer.concat(chunks)));
      request.once('error', reject);
      request.once('close', () => reject(new Error('The caller went away')));
    });
  } finally {
    clearInterval(watch);
  }
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

/** Values of repeated keys, compared without case, are joined with a comma under the first spelling. */
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
