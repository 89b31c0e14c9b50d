import { v5 } from 'uuid';
import { sha256 } from './fingerprint.ts';
import type { CustomerPayload } from './payload.ts';

/** The values that defaults add to a payload. The record stores them, so that a retry sends the same bytes even if the defaults changed. */
export interface Enrichment {
  readonly culture: string;
  readonly language: string;
  readonly enableGDAPByDefault: boolean;
  /** The state as the country's rules spell it; absent if they do not list it. Never the caller's own text. */
  readonly state?: string | undefined;
}

/** The body of `POST /v1/customers` ("Create a customer"): the same payload and enrichment always give the same bytes. */
export function buildCustomerBody(payload: CustomerPayload, enrichment: Enrichment): string {
  const { companyName, firstName, lastName, email } = payload;
  // JSON.stringify omits undefined fields.
  return JSON.stringify({
    enableGDAPByDefault: enrichment.enableGDAPByDefault,
    associatedPartnerId: payload.associatedPartnerId,
    companyProfile: {
      domain: payload.domain,
      companyName,
      organizationRegistrationNumber: payload.organizationRegistrationNumber,
    },
    billingProfile: {
      email,
      culture: enrichment.culture,
      language: enrichment.language,
      companyName,
      firstName,
      lastName,
      defaultAddress: buildAddress(payload, enrichment),
    },
  });
}

/** The address as Partner Center accepts it. The state is spelled as in the country rules; if they do not list it, two letters become upper case. */
export function buildAddress(
  payload: CustomerPayload,
  spelled: Pick<Enrichment, 'state'> = {},
): Readonly<Record<string, string | undefined>> {
  const state = spelled.state ?? payload.state;
  return {
    addressLine1: payload.addressLine1,
    addressLine2: payload.addressLine2,
    city: payload.city,
    state:
      spelled.state === undefined && state !== undefined && /^[a-z]{2}$/i.test(state) ? state.toUpperCase() : state,
    postalCode: payload.postalCode,
    country: payload.country,
    firstName: payload.firstName,
    middleName: payload.middleName,
    lastName: payload.lastName,
    phoneNumber: payload.phoneNumber,
  };
}

const requestIds = '6f1c7f0e-3f0b-5a0e-9d5c-0c5b8f6f2a11';

/** Derives the `MS-RequestId` of an attempt from its content, so that on every instance the same id means the same bytes. */
export function deriveRequestId(domain: string, body: string, attempt: number): string {
  return v5(JSON.stringify([domain, sha256(body), attempt]), requestIds);
}
