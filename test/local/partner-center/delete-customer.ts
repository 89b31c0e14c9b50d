import type { Context } from './context.ts';
import { findTenant } from './find-tenant.ts';
import { isReply, refuse, type Reply } from './reply.ts';
import { findAddressStatus } from './validate-address.ts';

/** `DELETE /v1/customers/{id}`: in a sandbox only. Frees the quota, never the domain. A customer with a wrong address stays. */
export function deleteCustomer(context: Context): Reply {
  if (!context.knobs.sandbox) return refuse(403, 600006, 'Customers can be deleted in an integration sandbox only.');
  const tenant = findTenant(context);
  if (isReply(tenant)) return tenant;
  if (findAddressStatus(tenant.draft.address) === 'None') {
    return refuse(400, 600006, 'A customer with an invalid address cannot be deleted.');
  }
  context.world.delete(tenant);
  return { status: 204 };
}
