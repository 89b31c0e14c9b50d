import { createHash } from 'node:crypto';
import type { WireAnswer, WireRequest } from '../wire/wire.ts';
import { badParameter } from './vault-answers.ts';

const MAX_RESULTS = 25;

interface Listed {
  /** Identifies the items of a list; lists are ordered by its hash, so callers cannot rely on the order. */
  readonly key: string;
  readonly item: Record<string, unknown>;
}

/** One page of a list. The link to the next page names the last item returned, so that new versions do not shift the pages. */
export function listPage(vault: string, request: WireRequest, items: readonly Listed[], pageSize: number): WireAnswer {
  const asked = request.query.get('maxresults');
  const size = asked === null ? pageSize : Number(asked);
  if (!Number.isInteger(size) || size < 1 || (asked !== null && size > MAX_RESULTS)) {
    return badParameter(`maxresults must be between 1 and ${MAX_RESULTS}.`);
  }
  const after = request.query.get('$skiptoken') ?? '';
  const rest = items
    .map((item) => ({ ...item, place: createHash('sha256').update(item.key).digest('hex') }))
    .filter(({ place }) => place > after)
    .sort((one, other) => (one.place < other.place ? -1 : 1));
  const page = rest.slice(0, Math.min(size, pageSize));
  const last = page.at(-1);
  const nextLink = last && rest.length > page.length ? linkToNext(vault, request, last.place) : null;
  return { status: 200, body: JSON.stringify({ value: page.map(({ item }) => item), nextLink }) };
}

function linkToNext(vault: string, request: WireRequest, place: string): string {
  const query = new URLSearchParams(request.query);
  query.set('$skiptoken', place);
  return `${vault}${request.path}?${query.toString()}`;
}
