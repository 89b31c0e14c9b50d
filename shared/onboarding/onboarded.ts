import type { StoredCredentials } from './credentials/store-credentials.ts';
import type { Enrichment } from './customer-body.ts';
import { appendEvent } from './record/append-event.ts';
import type { Started, Succeeded } from './record/events.ts';
import type { DomainRun } from './run.ts';

/** A customer that exists and whose credentials are stored. */
export interface Onboarded extends Partial<Enrichment> {
  readonly customerId: string;
  readonly commerceId?: string | undefined;
  readonly country?: string | undefined;
  readonly vault: string;
  readonly userNameVersion: string;
  readonly passwordVersion: string;
}

/** The customer and what it was made from, as far as this instance knows it. */
export interface Created {
  readonly started: Pick<
    Started,
    | 'attempt'
    | 'requestId'
    | 'fingerprint'
    | 'country'
    | 'culture'
    | 'language'
    | 'enableGDAPByDefault'
    | 'correlationId'
  >;
  readonly customerId: string;
  readonly commerceId?: string | undefined;
  /** True where the stored secrets do not speak for themselves: a password that was stored before it was set counts only once on record. */
  readonly mustBeRecorded?: boolean;
}

/**
 * Closes an onboarding whose credentials are stored. When the record cannot be written the customer and the credentials are there all
 * the same: a later call finds them by their tags and closes it then.
 */
export async function recordSuccess(run: DomainRun, created: Created, stored: StoredCredentials): Promise<Onboarded> {
  const { attempt, requestId, fingerprint, country, culture, language, enableGDAPByDefault, correlationId } =
    created.started;
  const event: Succeeded = {
    event: 'Succeeded',
    attempt,
    requestId,
    fingerprint,
    customerId: created.customerId,
    ...(created.commerceId === undefined ? {} : { commerceId: created.commerceId }),
    vault: stored.vault,
    userNameVersion: stored.userName.version,
    passwordVersion: stored.password.version,
    country,
    culture,
    language,
    enableGDAPByDefault,
    correlationId,
  };
  try {
    await appendEvent(run.vaults, run.base, event, run);
  } catch (error) {
    if (created.mustBeRecorded) throw error;
    run.log('warn', 'SuccessNotRecorded', { customerId: created.customerId, requestId });
  }
  return toOnboarded(event);
}

/** What a success on record says about the customer. */
export function toOnboarded(succeeded: Succeeded): Onboarded {
  const {
    customerId,
    commerceId,
    country,
    culture,
    language,
    enableGDAPByDefault,
    vault,
    userNameVersion,
    passwordVersion,
  } = succeeded;
  return {
    customerId,
    commerceId,
    country,
    culture,
    language,
    enableGDAPByDefault,
    vault,
    userNameVersion,
    passwordVersion,
  };
}
