import type { ErrorDetail } from '../errors/onboarding-error.ts';
import type { Attempt, CredentialVersions } from '../record/row.ts';

/** A customer that exists and whose credentials are stored. */
export interface Onboarding extends Pick<Attempt, 'country' | 'culture' | 'language' | 'enableGDAPByDefault'> {
  readonly customerId: string;
  readonly commerceId?: string | undefined;
  readonly adminUserName: string;
  readonly credentials: CredentialVersions;
  /** True when the onboarding had already succeeded when this run first read the record. */
  readonly replayed: boolean;
  readonly warnings: readonly ErrorDetail[];
}
