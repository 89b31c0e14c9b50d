import { randomBytes, randomUUID } from 'node:crypto';
import type { Context } from './context.ts';
import type { CustomerDraft, Tenant } from './tenant.ts';

/** A new tenant as made by a create, with its own first password. */
export function makeTenant(draft: CustomerDraft, { request, knobs, ids, claims }: Context): Tenant {
  return buildTenant(draft, knobs.makePassword(), {
    origin: 'api',
    requestId: ids.requestId,
    correlationId: ids.correlationId,
    applicationId: claims.appid,
    body: request.body,
  });
}

/** The input of a colleague who creates a customer in the portal. */
export interface PortalCustomer {
  readonly domain: string;
  readonly companyName?: string;
  readonly country?: string;
  readonly enableGDAPByDefault?: boolean;
}

/** A tenant created in the portal: the same data, but ids that no caller of the API sent. */
export function makePortalTenant(customer: PortalCustomer, password: string): Tenant {
  const draft: CustomerDraft = {
    domain: customer.domain,
    companyName: customer.companyName ?? 'Made in the portal',
    firstName: 'Grace',
    lastName: 'Hopper',
    email: 'grace@example.com',
    culture: 'en-US',
    language: 'en',
    address: { addressLine1: 'One Way', city: 'Town', country: customer.country ?? 'US' },
    enableGDAPByDefault: customer.enableGDAPByDefault,
  };
  const applicationId = '4990cffe-04e8-4e8b-808a-1175604b879f';
  const ids = { requestId: randomUUID(), correlationId: randomUUID(), applicationId };
  return buildTenant(draft, password, { origin: 'portal', body: '', ...ids });
}

function buildTenant(
  draft: CustomerDraft,
  password: string,
  source: Pick<Tenant, 'origin' | 'requestId' | 'correlationId' | 'applicationId' | 'body'>,
): Tenant {
  return {
    ...source,
    domain: draft.domain,
    defaultDomain: draft.domain,
    customerId: randomUUID(),
    commerceId: randomUUID(),
    billingProfileId: randomUUID(),
    adminId: randomUUID(),
    etag: String(randomBytes(8).readBigInt64BE()),
    draft,
    password,
    firstPassword: password,
    resets: [],
    createdAt: Date.now(),
    gdap: draft.enableGDAPByDefault !== false,
  };
}
