import { readJson } from '../network/send.ts';
import { retry } from '../network/retry.ts';
import { field, isObject, objects } from './read-field.ts';
import { requestPartnerCenter, unusable, type PartnerCenter, type PartnerCenterCall } from './request.ts';

const maximumPages = 50;

interface PageList {
  readonly operation: string;
  readonly path: string;
  readonly mayBeForbidden?: boolean;
}

/**
 * Reads a list page by page until `pick` finds something ("Partner Center paging": continuation token in a header). Gives undefined
 * when the list ends without it.
 */
export async function findInPages<T>(
  partner: PartnerCenter,
  list: PageList,
  call: PartnerCenterCall,
  pick: (item: Record<string, unknown>) => T | undefined,
): Promise<T | undefined> {
  let continuation: string | undefined;
  for (let page = 0; page < maximumPages; page++) {
    const { items, next } = await readPage(partner, list, call, continuation);
    for (const item of items) {
      const picked = pick(item);
      if (picked !== undefined) return picked;
    }
    if (next === undefined || next === continuation) return undefined;
    continuation = next;
  }
  // A list without an end proves nothing about what it does not hold.
  throw unusable(list.operation, { status: 200, text: '', header: () => undefined });
}

function readPage(
  partner: PartnerCenter,
  { operation, path, mayBeForbidden = false }: PageList,
  call: PartnerCenterCall,
  continuation: string | undefined,
): Promise<{ items: Record<string, unknown>[]; next: string | undefined }> {
  const more = continuation === undefined ? undefined : { 'MS-ContinuationToken': continuation };
  const separator = path.includes('?') ? '&' : '?';
  const request = {
    operation,
    method: 'GET',
    mayBeForbidden,
    path: more ? `${path}${separator}seekOperation=Next` : path,
    ...(more ? { headers: more } : {}),
  } as const;
  return retry(
    async () => {
      const answer = await requestPartnerCenter(partner, request, call);
      if (answer.status !== 200) throw unusable(operation, answer);
      const body = readJson(answer, { upstream: 'partner-center', operation });
      if (!isObject(body) || !Array.isArray(body['items'])) throw unusable(operation, answer);
      return { items: objects(body, 'items'), next: nextPage(body) ?? answer.header('ms-continuationtoken') };
    },
    { deadline: call.deadline, attempts: 3 },
  );
}

function nextPage(body: Record<string, unknown>): string | undefined {
  const links = isObject(body['links']) ? body['links'] : {};
  const header = objects(links['next'], 'headers').find(
    ({ key }) => String(key).toLowerCase() === 'ms-continuationtoken',
  );
  return field(header, 'value');
}
