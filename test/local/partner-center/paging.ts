import type { Context } from './context.ts';
import { refuse, type Reply } from './reply.ts';

const largestPage = 500;
/** The header to send if the uri identifies the next page. */
const session = { key: 'MS-PageSession', value: 'emulated' };

/** The position in a list, as encoded in the continuation token. */
interface Position {
  readonly offset: number;
  readonly size: number;
  readonly query: string;
}

/**
 * A page of a list in Partner Center's collection shape, `links.next` carrying the header `MS-ContinuationToken`. A request
 * with that header and `seekOperation=Next` is answered with the page after it; the token remembers size and filter. With the knob
 * `nextPage` the token is in the uri.
 */
export function answerPage(context: Context, select: (query: string) => readonly object[] | Reply): Reply {
  const position = readPosition(context);
  if ('status' in position) return position;
  const selected = select(position.query);
  if ('status' in selected) return selected;
  const { offset, size, query } = position;
  const items = selected.slice(offset, offset + size);
  const more = offset + size < selected.length;
  const path = context.request.path.replace(/^\/v1/i, context.knobs.linkPrefix);
  const token = Buffer.from(JSON.stringify({ offset: offset + size, size, query })).toString('base64');
  const byUri = context.knobs.nextPage === 'uri';
  const next = {
    uri: `${path}?size=${size}&seekOperation=Next${byUri ? `&continuation=${encodeURIComponent(token)}` : ''}`,
    method: 'GET',
    headers: byUri ? [session] : [{ key: 'MS-ContinuationToken', value: token }],
  };
  const self = { uri: `${path}?size=${size}`, method: 'GET', headers: [] };
  const links = { self, ...(more && { next }) };
  return {
    status: 200,
    json: { totalCount: items.length, items, links, attributes: { objectType: 'Collection' } },
  };
}

function readPosition({ request, knobs }: Context): Position | Reply {
  const asked = Number(request.query.get('size') ?? 0);
  if (!Number.isInteger(asked) || asked < 0) return refuse(400, 2000, 'The page size is not valid.', ['size']);
  const size = Math.min(asked || knobs.defaultPageSize, largestPage);
  if (request.query.get('seekOperation')?.toLowerCase() !== 'next') {
    return { offset: 0, size, query: request.query.get('filter') ?? '' };
  }
  try {
    const token = knobs.nextPage === 'uri' ? continuationOf(request) : request.headers['ms-continuationtoken'];
    const { offset, size: before, query } = JSON.parse(Buffer.from(token ?? '', 'base64').toString('utf8')) as Position;
    return { offset, size: asked || before, query };
  } catch {
    return refuse(400, 2000, 'The continuation token is not valid.', ['MS-ContinuationToken']);
  }
}

function continuationOf({ query, headers }: Context['request']): string | undefined {
  return headers[session.key.toLowerCase()] === session.value ? (query.get('continuation') ?? undefined) : undefined;
}
