import type { Incoming } from '../network/send.ts';
import { field, isObject, objects } from './read-field.ts';

/** The request for one page of a list: path with query, and the headers to send. */
export interface Page {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

const tokenHeader = 'MS-ContinuationToken';

/**
 * The page that follows `page` in the list at `first` ("Partner Center paging"): by its continuation token, otherwise by the uri of
 * `links.next`. Undefined at the end of the list. `unknown` if a next page is announced without a usable address, or one outside `base`.
 */
export function nextPage(
  { base, first, page }: { base: string; first: string; page: Page },
  body: Record<string, unknown>,
  answer: Incoming,
): Page | 'unknown' | undefined {
  const link = isObject(body['links']) ? (body['links']['next'] ?? undefined) : undefined;
  const headers = objects(link, 'headers');
  const linked = field(
    headers.find(({ key }) => String(key).toLowerCase() === tokenHeader.toLowerCase()),
    'value',
  );
  const told = answer.header(tokenHeader);
  // A response may echo the token of its request.
  const token = linked ?? (told === page.headers[tokenHeader] ? undefined : told);
  if (token === undefined && link === undefined) return undefined;
  const next = token === undefined ? byUri(base, field(link, 'uri'), headers) : byToken(first, token);
  return next && JSON.stringify(next) !== JSON.stringify(page) ? next : 'unknown';
}

function byToken(first: string, token: string): Page {
  const path = `${first}${first.includes('?') ? '&' : '?'}seekOperation=Next`;
  return { path, headers: { [tokenHeader]: token } };
}

/** The access token is sent to the configured Partner Center only, wherever the link points. */
function byUri(base: string, uri: string | undefined, headers: readonly Record<string, unknown>[]): Page | undefined {
  if (uri === undefined || !URL.canParse(uri, base)) return undefined;
  const { origin, pathname, search } = new URL(uri, base);
  if (origin !== new URL(base).origin) return undefined;
  const folder = new URL(base).pathname.replace(/\/$/, '');
  const below = pathname.startsWith(`${folder}/`) ? pathname.slice(folder.length) : pathname;
  // Links omit the API version.
  const path = /^\/v\d+\//i.test(below) ? below : `/v1${below}`;
  const own = headers.flatMap(({ key, value }) =>
    typeof key === 'string' && typeof value === 'string' && /^(ms|x)-[\w-]+$/i.test(key) && /^[ -~]*$/.test(value)
      ? [[key, value] as const]
      : [],
  );
  return { path: path + search, headers: Object.fromEntries(own) };
}
