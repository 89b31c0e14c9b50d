import { adminUserName } from '../credentials/secret-names.ts';
import { fullDomain } from '../customer/domain.ts';
import { OnboardingError } from '../errors/onboarding-error.ts';
import { DomainRecord } from '../record/domain-record.ts';
import { listRecords } from '../record/list-records.ts';
import { currentAttempt, type CredentialVersions, type Row } from '../record/row.ts';
import { statusOf, type Status } from '../record/status.ts';
import type { Caller } from './context.ts';
import type { Services } from './services.ts';
import { toOnboardingError } from './to-onboarding-error.ts';

/** A recorded onboarding; unknown fields are absent. */
export interface FoundOnboarding {
  readonly status: Status;
  readonly domain: string;
  readonly customerId?: string | undefined;
  readonly commerceId?: string | undefined;
  readonly country?: string | undefined;
  readonly culture?: string | undefined;
  readonly language?: string | undefined;
  readonly enableGDAPByDefault?: boolean | undefined;
  readonly adminUserName: string;
  readonly credentials?: CredentialVersions | undefined;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly attempts: number;
}

/** The recorded onboarding of a prefix or full domain, never with a credential. Rejects with `OnboardingError` only. */
export async function findOnboarding(services: Services, text: string, call: Caller): Promise<FoundOnboarding> {
  const domain = fullDomain(text, services.settings);
  if (domain === undefined) throw new OnboardingError('NotFound', { target: 'domain' });
  try {
    const { row, lease } = await new DomainRecord(services.table, domain).read(call);
    if (!row) throw new OnboardingError('NotFound', { target: 'domain' });
    const held = row.state === 'Succeeded' ? undefined : services.held.find(domain);
    const found = describe(domain, row, held ? 'CredentialsNotStored' : statusOf(row, lease));
    return held?.customerId === undefined ? found : { ...found, customerId: held.customerId };
  } catch (error) {
    throw toOnboardingError(error, call);
  }
}

/** One page of recorded onboardings, with these statuses or all. Rejects with `OnboardingError` only. */
export async function listOnboardings(
  services: Services,
  wanted: { readonly wanted: readonly Status[]; readonly continuation?: string | undefined },
  call: Caller,
): Promise<{ onboardings: readonly FoundOnboarding[]; continuation: string | undefined }> {
  try {
    const { records, continuation } = await listRecords(services.table, wanted, call);
    return { onboardings: records.map(({ domain, row, status }) => describe(domain, row, status)), continuation };
  } catch (error) {
    throw toOnboardingError(error, call);
  }
}

function describe(domain: string, row: Row, status: Status): FoundOnboarding {
  const { country, culture, language, enableGDAPByDefault } = currentAttempt(row) ?? {};
  const { attempts, customerId, commerceId, credentials } = row;
  return {
    status,
    domain,
    customerId,
    commerceId,
    country,
    culture,
    language,
    enableGDAPByDefault,
    adminUserName: row.adminUserName ?? adminUserName(domain),
    credentials,
    startedAt: new Date(attempts[0]?.sentAt ?? 0).toISOString(),
    attempts: attempts.at(-1)?.number ?? attempts.length,
  };
}
