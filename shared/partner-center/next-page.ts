import type { Incoming } from '../network/send.ts';
import { field, isObject, objects } from './read-field.ts';

/** Where a page of a list is read: path and query, and what has to be sent along. */
export interface Page {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

const tokenHeader = 'MS-ContinuationToken';

/**
 * The page after one of the list at `first` ("Partner Center paging"): by its continuation token, else by the uri of `links.next`.
 * Undefined at the end of the list, `unknown` where a next page is announced and does not say where it is, or is not below `base`.
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
  // An answer may repeat the token that it was asked with.
  const token = linked ?? (told === page.headers[tokenHeader] ? undefined : told);
  if (token === undefined && link === undefined) return undefined;
  const next = token === undefined ? byUri(base, field(link, 'uri'), headers) : byToken(first, token);
  return next && JSON.stringify(next) !== JSON.stringify(page) ? next : 'unknown';
}

function byToken(first: string, token: string): Page {
  const path = `${first}${first.includes('?') ? '&' : '?'}seekOperation=Next`;
  return { path, headers: { [tokenHeader]: token } };
}

/** The token goes to the configured Partner Center alone, whatever a list says. */
function byUri(base: string, uri: string | undefined, headers: readonly Record<string, unknown>[]): Page | undefined {
  if (uri === undefined || !URL.canParse(uri, base)) return undefined;
  const { origin, pathname, search } = new URL(uri, base);
  if (origin !== new URL(base).origin) return undefined;
  const folder = new URL(base).pathname.replace(/\/$/, '');
  const below = pathname.startsWith(`${folder}/`) ? pathname.slice(folder.length) : pathname;
  // Links leave the version out.
  const path = /^\/v\d+\//i.test(below) ? below : `/v1${below}`;
  const own = headers.flatMap(({ key, value }) =>
    typeof key === 'string' && typeof value === 'string' && /^(ms|x)-[\w-]+$/i.test(key) && /^[ -~]*$/.test(value)
      ? [[key, value] as const]
      : [],
  );
  return { path: path + search, headers: Object.fromEntries(own) };
}
