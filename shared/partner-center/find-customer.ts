import { UpstreamError } from '../network/upstream-error.ts';
import { field, guid } from './read-field.ts';
import { findInPages } from './read-pages.ts';
import type { PartnerCenter, PartnerCenterCall } from './request.ts';

/**
 * The ID of our customer with exactly this domain ("Get a list of customers filtered by a search field"). Undefined if the list does not
 * contain it, which is no proof of absence right after a creation. For some partners the Domain filter returns 500; the search then uses the
 * company name.
 */
export async function findCustomer(
  partner: PartnerCenter,
  domain: string,
  companyName: string | undefined,
  call: PartnerCenterCall,
): Promise<string | undefined> {
  try {
    return await findBy(partner, 'Domain', domain, domain, call);
  } catch (error) {
    const broken = error instanceof UpstreamError && error.failure.status !== undefined && error.failure.status >= 500;
    if (!broken || companyName === undefined) throw error;
    return await findBy(partner, 'CompanyName', companyName, domain, call);
  }
}

function findBy(
  partner: PartnerCenter,
  name: 'Domain' | 'CompanyName',
  value: string,
  domain: string,
  call: PartnerCenterCall,
): Promise<string | undefined> {
  const filter = encodeURIComponent(JSON.stringify({ Field: name, Value: value, Operator: 'starts_with' }));
  const list = { operation: 'findCustomers', path: `/v1/customers?size=50&filter=${filter}` } as const;
  return findInPages(partner, list, call, (item) =>
    field(item, 'companyProfile', 'domain')?.toLowerCase() === domain ? guid(item, 'id') : undefined,
  );
}
