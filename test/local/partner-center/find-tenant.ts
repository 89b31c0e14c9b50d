import type { Context } from './context.ts';
import { isGuid } from './guid.ts';
import { mayAdminister, type Tenant } from './tenant.ts';
import { refuse, type Reply } from './reply.ts';

/** The customer whose id is in the path, once the service finds it by id. */
export function findTenant({ parameters, knobs, world }: Context): Tenant | Reply {
  const customerId = parameters[0] ?? '';
  if (!isGuid(customerId)) return refuse(400, 900118, 'The customer id is not valid.', ['customerId']);
  const tenant = world.find(customerId);
  if (tenant && Date.now() >= tenant.createdAt + knobs.readLag) return tenant;
  return refuse(404, 60003, 'The customer was not found.', ['customerId']);
}

/** The same, for data that only a partner with GDAP roles may read. */
export function findOpenTenant(context: Context): Tenant | Reply {
  const tenant = findTenant(context);
  if ('status' in tenant || mayAdminister(tenant, context.knobs)) return tenant;
  return refuse(403, 900308, 'Insufficient privileges to complete the operation.');
}
