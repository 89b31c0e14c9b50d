import type { ErrorDetail } from '../errors/onboarding-error.ts';
import type { Attempt, CredentialVersions } from '../record/row.ts';

/** An onboarded customer: it exists and its credentials are stored. */
export interface Onboarding extends Pick<Attempt, 'country' | 'culture' | 'language' | 'enableGDAPByDefault'> {
  readonly customerId: string;
  readonly commerceId?: string | undefined;
  readonly adminUserName: string;
  readonly credentials: CredentialVersions;
  /** True if the onboarding had already succeeded when this run first read the record. */
  readonly replayed: boolean;
  readonly warnings: readonly ErrorDetail[];
}
