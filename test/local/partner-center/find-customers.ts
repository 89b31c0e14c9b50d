import { isDelegated, refuseAppOnly } from './check-token.ts';
import type { Context } from './context.ts';
import { buildListItem } from './customer-resource.ts';
import { answerPage } from './paging.ts';
import { readFilter, type Filter } from './read-filter.ts';
import { isReply, refuse, type Reply } from './reply.ts';
import type { Tenant } from './tenant.ts';

/** `GET /v1/customers?size=&filter=`: a prefix filter over the partner's customers, old enough to be listed. */
export function findCustomers(context: Context): Reply {
  return answerPage(context, (query) => selectTenants(context, query));
}

function selectTenants({ knobs, world, claims }: Context, query: string): readonly object[] | Reply {
  const filter = readFilter(query);
  if (isReply(filter)) return filter;
  if (filter && filter.operator !== 'starts_with') {
    return refuse(400, 2000, 'The operator is not supported for this field.', ['filter']);
  }
  const resellerWanted = filter?.field === 'indirectreseller' || filter?.field === 'indirectcloudsolutionprovider';
  if (filter && !resellerWanted && filter.field !== 'domain' && filter.field !== 'companyname') {
    return refuse(400, 2000, 'The field is not supported.', ['filter']);
  }
  if (resellerWanted && !isDelegated(claims)) return refuseAppOnly();
  if (filter?.field === 'domain' && knobs.domainFilterFails)
    return refuse(500, 800003, 'An unexpected error occurred.');
  const listed = Date.now() - knobs.listLag;
  const found: object[] = [];
  for (const tenant of world.tenants.values()) {
    if (tenant.createdAt <= listed && (!filter || matches(tenant, filter))) found.push(buildListItem(tenant));
  }
  return found;
}

/** The filter looks at the default domain, which a customer may have changed. */
function matches({ draft, defaultDomain }: Tenant, { field, value }: Filter): boolean {
  if (field === 'domain') return defaultDomain.toLowerCase().startsWith(value);
  if (field === 'companyname') return (draft.profileName ?? draft.companyName).toLowerCase().startsWith(value);
  return (draft.associatedPartnerId ?? '').toLowerCase().startsWith(value);
}
