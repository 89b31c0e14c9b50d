import type { HttpRequest } from '@azure/functions';
import { OnboardingError } from '../errors/onboarding-error.ts';
import { statuses, type Status } from '../record/status.ts';
import { isContinuation } from '../table-storage/continuation.ts';

/** Query parameters of the host; they carry the function key. */
const ofHost = new Set(['code', 'clientid']);

/** The requested page and statuses; throws `InvalidPayload` for an unknown status or query parameter. */
export function readListQuery({ query }: Pick<HttpRequest, 'query'>): {
  wanted: readonly Status[];
  continuation?: string | undefined;
} {
  let wanted: readonly Status[] = [];
  let continuation: string | undefined;
  for (const [name, value] of query) {
    if (name === 'status') wanted = value.split(',').map((text) => readStatus(text.trim()));
    else if (name === 'continuation') {
      if (!isContinuation(value)) throw invalid(name, 'Use the nextLink of the previous page unchanged.');
      continuation = value;
    } else if (!ofHost.has(name.toLowerCase()))
      throw invalid(name.slice(0, 100), 'Unknown query parameter; remove it. Known ones: status, continuation.');
  }
  return { wanted, continuation };
}

function readStatus(text: string): Status {
  const found = statuses.find((status) => status.toLowerCase() === text.toLowerCase());
  if (!found) throw invalid('status', `Use one or several of ${statuses.join(', ')}, separated by commas.`);
  return found;
}

function invalid(target: string, message: string): OnboardingError {
  return new OnboardingError('InvalidPayload', { target, details: [{ code: 'Invalid', target, message }] });
}

/** The URL of the next page: same path and statuses, without the rest of the query, which may contain a key. */
export function nextLinkOf(
  { url }: Pick<HttpRequest, 'url'>,
  { wanted }: { readonly wanted: readonly Status[] },
  continuation: string,
): string {
  const { origin, pathname } = new URL(url);
  const status = wanted.length > 0 ? `status=${wanted.join(',')}&` : '';
  return `${origin}${pathname}?${status}continuation=${encodeURIComponent(continuation)}`;
}
