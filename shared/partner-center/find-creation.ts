import { field, guid, isObject, objects } from './read-field.ts';
import { findInPages } from './read-pages.ts';
import type { PartnerCenter, PartnerCenterCall } from './request.ts';

export interface Creation {
  readonly customerId: string | undefined;
  /** The `MS-CorrelationId` of the call that created the customer, in lower case. */
  readonly correlationId: string;
}

/**
 * Finds the audit record of a customer's creation ("Get a record of Partner Center activity by user"), which shows which request created
 * the tenant of this domain. Undefined if there is none, or none yet: the audit log lags behind.
 */
export async function findCreation(
  partner: PartnerCenter,
  search: {
    domain: string;
    customerId: string | undefined;
    since: Date;
    /** In lower case. A record with one of these IDs takes precedence over any other. */
    correlationIds?: ReadonlySet<string>;
  },
  call: PartnerCenterCall,
): Promise<Creation | undefined> {
  const { domain, customerId, since, correlationIds = new Set() } = search;
  const condition =
    customerId === undefined
      ? { Field: 'ResourceType', Value: 'Customer', Operator: 'equals' }
      : { Field: 'CustomerId', Value: customerId, Operator: 'equals' };
  const filter = encodeURIComponent(JSON.stringify(condition));
  const path = `/v1/auditrecords?startDate=${since.toISOString().slice(0, 10)}&filter=${filter}`;
  let another: Creation | undefined;
  const wanted = await findInPages(partner, { operation: 'readAuditRecords', path }, call, (record) => {
    const creation = readCreation(record, domain);
    if (creation && correlationIds.has(creation.correlationId)) return creation;
    another ??= creation;
    return undefined;
  });
  return wanted ?? another;
}

function readCreation(record: Record<string, unknown>, domain: string): Creation | undefined {
  const correlationId = field(record, 'originalCorrelationId')?.toLowerCase();
  const added = field(record, 'operationType')?.replaceAll('_', '').toLowerCase() === 'addcustomer';
  const failed = /fail/i.test(field(record, 'operationStatus') ?? '');
  if (!added || failed || correlationId === undefined || domainOf(record) !== domain) return undefined;
  return { customerId: guid(record, 'customerId'), correlationId };
}

function domainOf(record: Record<string, unknown>): string | undefined {
  const named = objects(record, 'customizedData').find((entry) =>
    /^primarydomainname$/i.test(String(entry['key'] ?? entry['Key'])),
  );
  const value = field(named, 'value') ?? field(named, 'Value');
  return (value ?? domainOfCustomer(field(record, 'resourceNewValue')))?.toLowerCase();
}

function domainOfCustomer(json: string | undefined): string | undefined {
  try {
    const customer = JSON.parse(json ?? 'null') as unknown;
    const profile = isObject(customer) ? (customer['companyProfile'] ?? customer['CompanyProfile']) : undefined;
    return field(profile, 'domain') ?? field(profile, 'Domain');
  } catch {
    return undefined;
  }
}
