import type { Knobs } from './knobs.ts';

/** The postal address of a customer, as sent. */
export type Address = Readonly<Record<string, string>>;

/** The checked content of a create, names converted to camelCase. */
export interface CustomerDraft {
  readonly domain: string;
  readonly companyName: string;
  /** `companyProfile.companyName`, if it was sent. */
  readonly profileName?: string | undefined;
  readonly registrationNumber?: string | undefined;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly email: string;
  readonly culture: string;
  readonly language: string;
  readonly address: Address;
  readonly enableGDAPByDefault?: boolean | undefined;
  readonly associatedPartnerId?: string | undefined;
}

/** A customer of the partner, with data for tests. */
export interface Tenant {
  /** As it was sent; the map of tenants has it in lower case. */
  readonly domain: string;
  /** The domain that lists show and filters compare; a customer can change it. */
  defaultDomain: string;
  readonly customerId: string;
  readonly commerceId: string;
  readonly billingProfileId: string;
  /** The id of the admin user. */
  readonly adminId: string;
  readonly etag: string;
  /** Its creator: this partner's API calls, or a colleague in the portal. */
  readonly origin: 'api' | 'portal';
  readonly requestId: string;
  readonly correlationId: string;
  /** The app that created it. */
  readonly applicationId: string;
  /** The request body, byte for byte. */
  readonly body: string;
  readonly draft: CustomerDraft;
  /** The admin's current password. */
  password: string;
  readonly firstPassword: string;
  readonly resets: { readonly password: string; readonly at: number }[];
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly gdap: boolean;
  deletedAt?: number;
}

/** Whether the partner has access to the tenant: GDAP with assigned roles, or DAP in the cloud that has no GDAP. */
export function mayAdminister(tenant: Tenant, knobs: Knobs): boolean {
  if (knobs.cloud === 'china') return true;
  return tenant.gdap && knobs.gdapRolesAssigned && Date.now() >= tenant.createdAt + knobs.gdapDelay;
}
