import { OnboardingError } from '../errors/onboarding-error.ts';
import { Deadline } from '../network/deadline.ts';
import { fullDomain, secretBase } from './domain.ts';
import type { Held } from './credentials/held.ts';
import type { Caller } from './onboard-customer.ts';
import { notWhole } from './open-outcomes.ts';
import { toOnboarded, type Onboarded } from './onboarded.ts';
import { leaseLeft, type OnboardingRecord } from './record/fold.ts';
import { readRecord } from './record/read-record.ts';
import { toOnboardingError } from './to-onboarding-error.ts';
import type { OpenWorkplace } from './workplace.ts';

export type OnboardingStatus =
  'InProgress' | 'Succeeded' | 'Refused' | 'CredentialsNotStored' | 'OutcomeUnknown' | 'CredentialsLost';

export interface FoundOnboarding extends Partial<Onboarded> {
  readonly status: OnboardingStatus;
  readonly domain: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly attempts: number;
}

/** The onboarding that is on record for a prefix or full domain, never with a credential. Rejects with `OnboardingError` only. */
export async function findOnboarding(workplace: OpenWorkplace, text: string, caller: Caller): Promise<FoundOnboarding> {
  const domain = fullDomain(text, workplace.settings);
  if (domain === undefined) throw new OnboardingError('NotFound', { target: 'domain' });
  const deadline = Deadline.after(workplace.settings.onboardingTimeout);
  try {
    const record = await readRecord(workplace.vaults, secretBase(domain), { deadline, log: caller.log });
    // What is not there may be in the vault that could not be read; a success alone cannot be taken back.
    if (!record.whole && !record.succeeded) throw notWhole({ deadline });
    return describe(record, domain, workplace.held.find(domain));
  } catch (error) {
    throw toOnboardingError(error, { deadline, log: caller.log });
  }
}

/** What is on record, and what this instance holds: where no vault takes a word, the record does not tell of it. */
function describe(record: OnboardingRecord, domain: string, held: Held | undefined): FoundOnboarding {
  const { started, succeeded, open, lost, notStored, passwordGone } = record;
  const latest = open.at(-1) ?? started.at(-1);
  const first = succeeded?.created ?? latest?.created;
  if (first === undefined) throw new OnboardingError('NotFound', { target: 'domain' });
  const status = statusOf(record, held);
  const oldest = started.find(({ requestId }) => requestId === (succeeded ?? latest)?.requestId);
  const customerId =
    held?.created.customerId ??
    lost?.customerId ??
    notStored.at(-1)?.customerId ??
    passwordGone.find((event) => event.customerId)?.customerId;
  return {
    status,
    domain,
    startedAt: new Date(oldest?.created ?? first).toISOString(),
    attempts: Math.max(1, new Set(started.map(({ requestId }) => requestId)).size),
    ...(succeeded
      ? toOnboarded(succeeded)
      : {
          ...(customerId === undefined || status === 'Refused' ? {} : { customerId }),
          ...(latest
            ? {
                country: latest.country,
                culture: latest.culture,
                language: latest.language,
                enableGDAPByDefault: latest.enableGDAPByDefault,
              }
            : {}),
        }),
  };
}

function statusOf(record: OnboardingRecord, held: Held | undefined): OnboardingStatus {
  if (record.succeeded) return 'Succeeded';
  if (held) return 'CredentialsNotStored';
  if (record.lost) return 'CredentialsLost';
  if (record.open.length === 0) return 'Refused';
  const openRequests = new Set(record.open.map(({ requestId }) => requestId));
  if (record.notStored.some(({ requestId }) => openRequests.has(requestId))) return 'CredentialsNotStored';
  const atWork = [...record.open, ...record.claims].some((holder) => leaseLeft(record, holder) > 0);
  return atWork ? 'InProgress' : 'OutcomeUnknown';
}
