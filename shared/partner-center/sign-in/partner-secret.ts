import type { LogFields } from '../../log/log.ts';

/** The names of the secrets in the partner vault (docs/sign-in.md). */
export type PartnerSecretName =
  | 'partner-tenant-id'
  | 'partner-client-id'
  | 'partner-client-secret'
  | 'partner-client-certificate'
  | 'partner-refresh-token';

/** A secret of the partner vault; surrounding whitespace is removed from its value. */
export interface PartnerSecret {
  readonly name: PartnerSecretName;
  readonly value: string;
  readonly version: string;
  readonly contentType: string | undefined;
  /** Milliseconds since the epoch, by the vault's clock. */
  readonly created: number | undefined;
}

/** The secrets for one sign-in. No `credential` if the managed identity is used instead; no `refreshToken` in the app-only flow. */
export interface PartnerSecrets {
  readonly tenantId: PartnerSecret;
  readonly clientId: PartnerSecret;
  readonly credential: PartnerSecret | undefined;
  readonly refreshToken: PartnerSecret | undefined;
}

const guid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const domain = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;

/** Why a secret cannot be used, without its value; undefined if it is well formed. */
export function findSecretFault(name: PartnerSecretName, value: string): string | undefined {
  if (value === '') return 'is empty';
  if (name === 'partner-tenant-id' && !guid.test(value) && !domain.test(value)) {
    return 'is neither a GUID nor a domain; store the id of the partner tenant';
  }
  if (name === 'partner-client-id' && !guid.test(value)) {
    return 'is not a GUID; store the application (client) id of the app registration';
  }
  return undefined;
}

/** The only log fields allowed for a secret: its vault, name, length and age in whole days. */
export function describeSecret(secret: PartnerSecret): LogFields {
  return { secret: secret.name, vault: 'partner', length: secret.value.length, ageDays: ageInDays(secret) };
}

/** Whole days since this version was stored; undefined if the vault does not report it. */
export function ageInDays(secret: PartnerSecret): number | undefined {
  return secret.created === undefined ? undefined : Math.max(0, Math.floor((Date.now() - secret.created) / 86_400_000));
}

/** True if both hold the same values. */
export function areSameSecrets(first: PartnerSecrets, second: PartnerSecrets): boolean {
  return (
    first.tenantId.value === second.tenantId.value &&
    first.clientId.value === second.clientId.value &&
    first.credential?.value === second.credential?.value &&
    first.refreshToken?.value === second.refreshToken?.value
  );
}
