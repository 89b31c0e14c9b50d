import { recordCreation, type AuditRecord } from './audit-record.ts';
import type { Context } from './context.ts';
import { answerPage } from './paging.ts';
import { readFilter, type Filter } from './read-filter.ts';
import { isReply, refuse, type Reply } from './reply.ts';
import type { Tenant } from './tenant.ts';

const day = 86_400_000;
const operators: Readonly<Record<string, string>> = {
  companyname: 'substring',
  customerid: 'equals',
  resourcetype: 'equals',
};

/** `GET /v1/auditrecords?startDate=&endDate=&filter=`: creations of the last 90 days, the newest first. */
export function readAuditRecords(context: Context): Reply {
  return answerPage(context, (query) => selectRecords(context, query));
}

function selectRecords({ request, knobs, world }: Context, query: string): readonly AuditRecord[] | Reply {
  const filter = readFilter(query);
  if (isReply(filter)) return filter;
  if (filter && operators[filter.field] !== filter.operator) {
    return refuse(400, 2000, 'The field or its operator is not supported.', ['filter']);
  }
  const now = Date.now();
  const start = Date.parse(request.query.get('startDate') ?? new Date(now - 30 * day).toISOString());
  const end = Date.parse(request.query.get('endDate') ?? new Date(now + day).toISOString()) + day;
  if (Number.isNaN(start) || Number.isNaN(end)) return refuse(400, 2000, 'A date is not valid.', ['startDate']);
  const shown = (at: number): boolean =>
    at >= Math.max(start, now - 90 * day) && at < end && at + knobs.auditLag <= now;
  const records = world.failures.filter((record) => shown(Date.parse(record.operationDate)) && matches(record, filter));
  for (const tenant of world.all()) {
    if (shown(tenant.createdAt) && matches(summarise(tenant), filter)) records.push(recordCreation(tenant));
  }
  return records.sort((left, right) => right.operationDate.localeCompare(left.operationDate));
}

type Searched = Pick<AuditRecord, 'customerId' | 'customerName'>;

/** The fields that filters compare, so that the long record is built only for matches. */
function summarise({ customerId, draft }: Tenant): Searched {
  return { customerId, customerName: draft.companyName };
}

function matches({ customerId, customerName }: Searched, filter: Filter | undefined): boolean {
  if (!filter) return true;
  if (filter.field === 'companyname') return customerName.toLowerCase().includes(filter.value);
  if (filter.field === 'customerid') return customerId === filter.value;
  return filter.value === 'customer';
}
