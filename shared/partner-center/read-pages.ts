import { readJson } from '../network/send.ts';
import { retry } from '../network/retry.ts';
import { nextPage, type Page } from './next-page.ts';
import { isObject, objects } from './read-field.ts';
import { requestPartnerCenter, unusable, type PartnerCenter, type PartnerCenterCall } from './request.ts';

const maximumPages = 50;

interface PageList {
  readonly operation: 'findCustomers' | 'readAuditRecords' | 'listUsers';
  readonly path: string;
  readonly mayBeForbidden?: boolean;
}

/**
 * Reads a list page by page until `pick` returns a value ("Partner Center paging"). Resolves to undefined at the end of the list; rejects
 * if the list cannot be read to its end.
 */
export async function findInPages<T>(
  partner: PartnerCenter,
  list: PageList,
  call: PartnerCenterCall,
  pick: (item: Record<string, unknown>) => T | undefined,
): Promise<T | undefined> {
  let page: Page = { path: list.path, headers: {} };
  for (let read = 0; read < maximumPages; read++) {
    const { items, next } = await readPage(partner, list, call, page);
    for (const item of items) {
      const picked = pick(item);
      if (picked !== undefined) return picked;
    }
    if (next === undefined) return undefined;
    if (next === 'unknown') break;
    page = next;
  }
  // An endless list, or one with an unreadable page, does not prove that an item is absent.
  throw unusable(list.operation, { status: 200, text: '', header: () => undefined });
}

function readPage(
  partner: PartnerCenter,
  { operation, path: first, mayBeForbidden = false }: PageList,
  call: PartnerCenterCall,
  page: Page,
): Promise<{ items: Record<string, unknown>[]; next: ReturnType<typeof nextPage> }> {
  const request = { operation, method: 'GET', mayBeForbidden, ...page } as const;
  return retry(
    async () => {
      const answer = await requestPartnerCenter(partner, request, call);
      if (answer.status !== 200) throw unusable(operation, answer);
      const body = readJson(answer, { upstream: 'partner-center', operation });
      if (!isObject(body) || !Array.isArray(body['items'])) throw unusable(operation, answer);
      return {
        items: objects(body, 'items'),
        next: nextPage({ base: partner.settings.partnerCenterUrl, first, page }, body, answer),
      };
    },
    { deadline: call.deadline, operation },
  );
}
