import type { Context } from './context.ts';
import { buildCustomer } from './customer-resource.ts';
import { findTenant } from './find-tenant.ts';
import { isReply, type Reply } from './reply.ts';
import { mayAdminister } from './tenant.ts';

/** `GET /v1/customers/{id}`: never with credentials; without GDAP the company profile lacks address, mail and custom domains. */
export function readCustomer(context: Context): Reply {
  const tenant = findTenant(context);
  if (isReply(tenant)) return tenant;
  return { status: 200, json: buildCustomer(tenant, { inside: mayAdminister(tenant, context.knobs) }) };
}
