import type { Context } from './context.ts';
import { findOpenTenant } from './find-tenant.ts';
import { answerPage } from './paging.ts';
import { isReply, type Reply } from './reply.ts';
import type { Tenant } from './tenant.ts';

/** `GET /v1/customers/{id}/users`: App+User and a GDAP role. Users of the knob `extraUsers` come before the admin. */
export function listUsers(context: Context): Reply {
  const tenant = findOpenTenant(context);
  if (isReply(tenant)) return tenant;
  return answerPage(context, () => {
    const others = Array.from({ length: context.knobs.extraUsers }, (_, index) => buildExtraUser(tenant, index + 1));
    return [...others, buildUser(tenant, tenant.adminId, 'admin')];
  });
}

/** A CustomerUser resource; it never carries a password. */
export function buildUser(tenant: Tenant, id: string, name: string): object {
  const { draft, domain, customerId } = tenant;
  return {
    usageLocation: draft.address['country'],
    id,
    userPrincipalName: `${name}@${domain}`,
    firstName: draft.address['firstName'],
    lastName: draft.address['lastName'],
    displayName: name,
    userDomainType: 'managed',
    state: 'active',
    links: { self: { uri: `/customers/${customerId}/users/${id}`, method: 'GET', headers: [] } },
    attributes: { objectType: 'CustomerUser' },
  };
}

/** Names that a prefix search for `admin` also finds. */
function buildExtraUser(tenant: Tenant, number: number): object {
  const id = `${tenant.adminId.slice(0, -6)}${String(number).padStart(6, '0')}`;
  return buildUser(tenant, id, `admin${number}`);
}
