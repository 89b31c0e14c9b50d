import { buildCustomer } from './customer-resource.ts';
import type { CustomerDraft, Tenant } from './tenant.ts';

/** A record of the partner's audit log, as `GET /v1/auditrecords` lists it. */
export interface AuditRecord {
  readonly customerId?: string;
  readonly customerName: string;
  readonly applicationId: string;
  readonly resourceType: 'customer';
  readonly operationType: 'add_customer';
  readonly operationStatus: 'succeeded' | 'failed';
  readonly operationDate: string;
  readonly originalCorrelationId: string;
  readonly resourceNewValue?: string;
  readonly customizedData: readonly { readonly key: string; readonly value: string }[];
  readonly attributes: { readonly objectType: 'AuditRecord' };
}

/** The record of a tenant's creation: the whole customer, its password masked. */
export function recordCreation(tenant: Tenant): AuditRecord {
  const customer = buildCustomer(tenant, { password: '' });
  return {
    ...describe(tenant.draft, tenant.createdAt, tenant),
    customerId: tenant.customerId,
    operationStatus: 'succeeded',
    resourceNewValue: JSON.stringify(pascalNames(customer)),
  };
}

/** The record of a refused create: no customer, but the domain and correlation id as in a successful one. */
export function recordRefusal(
  draft: CustomerDraft,
  caller: { readonly correlationId: string; readonly applicationId: string },
): AuditRecord {
  return { ...describe(draft, Date.now(), caller), operationStatus: 'failed' };
}

function describe(
  draft: CustomerDraft,
  at: number,
  caller: { readonly correlationId: string; readonly applicationId: string },
): Omit<AuditRecord, 'operationStatus'> {
  return {
    customerName: draft.companyName,
    applicationId: caller.applicationId,
    resourceType: 'customer',
    operationType: 'add_customer',
    operationDate: new Date(at).toISOString(),
    originalCorrelationId: caller.correlationId,
    customizedData: [{ key: 'PrimaryDomainName', value: draft.domain }],
    attributes: { objectType: 'AuditRecord' },
  };
}

function pascalNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pascalNames);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name.charAt(0).toUpperCase() + name.slice(1), pascalNames(inner)]),
  );
}
