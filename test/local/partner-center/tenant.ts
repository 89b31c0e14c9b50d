import type { Knobs } from './knobs.ts';

/** The postal address of a customer, as it is on the wire. */
export type Address = Readonly<Record<string, string>>;

/** What a create asks for, names folded to camelCase and checked. */
export interface CustomerDraft {
  readonly domain: string;
  readonly companyName: string;
  /** `companyProfile.companyName`, where it was sent. */
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

/** A customer of the partner, with what tests want to know about it. */
export interface Tenant {
  /** As it was sent; the map of tenants has it in lower case. */
  readonly domain: string;
  /** The domain that lists show and filters look at; a customer can change it. */
  defaultDomain: string;
  readonly customerId: string;
  readonly commerceId: string;
  readonly billingProfileId: string;
  /** The id of the admin user. */
  readonly adminId: string;
  readonly etag: string;
  /** Who made it: this partner's API calls, or a colleague in the portal. */
  readonly origin: 'api' | 'portal';
  readonly requestId: string;
  readonly correlationId: string;
  /** The app that made it. */
  readonly applicationId: string;
  /** The request body, byte for byte. */
  readonly body: string;
  readonly draft: CustomerDraft;
  /** The admin's password as it is now. */
  password: string;
  readonly firstPassword: string;
  readonly resets: { readonly password: string; readonly at: number }[];
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly gdap: boolean;
  deletedAt?: number;
}

/** Whether the partner may see into the tenant: GDAP with assigned roles, or DAP in the cloud that has no GDAP. */
export function mayAdminister(tenant: Tenant, knobs: Knobs): boolean {
  if (knobs.cloud === 'china') return true;
  return tenant.gdap && knobs.gdapRolesAssigned && Date.now() >= tenant.createdAt + knobs.gdapDelay;
}
