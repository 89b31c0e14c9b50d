import type { Tenant } from './tenant.ts';

/** The optional parts of a customer. */
export interface CustomerView {
  /** With `userCredentials`, which only the create returns. */
  readonly password?: string;
  /** Without GDAP the company profile shows neither address nor mail. */
  readonly inside?: boolean;
}

/** The Customer resource of Partner Center's "Customer resources" page. */
export function buildCustomer(tenant: Tenant, view: CustomerView): object {
  const { customerId, draft } = tenant;
  return {
    id: customerId,
    commerceId: tenant.commerceId,
    companyProfile: buildCompanyProfile(tenant, view.inside ?? false),
    billingProfile: {
      id: tenant.billingProfileId,
      firstName: draft.firstName ?? draft.address['firstName'],
      lastName: draft.lastName ?? draft.address['lastName'],
      email: draft.email,
      culture: draft.culture,
      language: draft.language,
      companyName: draft.companyName,
      defaultAddress: draft.address,
      links: { self: link(`/customers/${customerId}/profiles/billing`) },
      attributes: { etag: tenant.etag, objectType: 'CustomerBillingProfile' },
    },
    relationshipToPartner: 'none',
    enableGDAPByDefault: tenant.gdap,
    allowDelegatedAccess: tenant.gdap,
    associatedPartnerId: draft.associatedPartnerId,
    ...(view.password !== undefined && { userCredentials: { userName: 'admin', password: view.password } }),
    customDomains: view.inside ? [tenant.domain] : undefined,
    links: { self: link(`/customers/${customerId}`) },
    attributes: { objectType: 'Customer' },
  };
}

/** One item of the list: only id, company profile and relationship. */
export function buildListItem(tenant: Tenant): object {
  return {
    id: tenant.customerId,
    companyProfile: buildCompanyProfile(tenant, false),
    relationshipToPartner: 'reseller',
    links: { self: link(`/customers/${tenant.customerId}`) },
    attributes: { objectType: 'Customer' },
  };
}

function buildCompanyProfile(tenant: Tenant, inside: boolean): object {
  const { draft } = tenant;
  return {
    tenantId: tenant.customerId,
    domain: tenant.defaultDomain,
    companyName: draft.profileName ?? draft.companyName,
    organizationRegistrationNumber: draft.registrationNumber,
    ...(inside && { address: draft.address, email: draft.email }),
    links: { self: link(`/customers/${tenant.customerId}/profiles/company`) },
    attributes: { objectType: 'CustomerCompanyProfile' },
  };
}

function link(uri: string): object {
  return { uri, method: 'GET', headers: [] };
}
