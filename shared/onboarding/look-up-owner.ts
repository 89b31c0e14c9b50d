import { OnboardingError } from '../errors/onboarding-error.ts';
import { findCreation } from '../partner-center/find-creation.ts';
import { findCustomer } from '../partner-center/find-customer.ts';
import type { Recorded, Started } from './record/events.ts';
import type { OnboardingRecord } from './record/fold.ts';
import type { DomainRun } from './run.ts';

export type DomainOwner =
  | { readonly kind: 'ours'; readonly started: Recorded<Started>; readonly customerId: string }
  | { readonly kind: 'stranger' }
  | { readonly kind: 'unknown' };

const day = 24 * 60 * 60_000;
/** The audit log goes no further back. */
const auditDays = 89;

/**
 * Finds out who created the tenant of a domain: ours when the record names the customer, or when an audit record carries the domain and a correlation id of any start on
 * record, a stranger's when only others do. Both lists lag, so nothing found means unknown; timing alone proves nothing.
 */
export async function lookUpOwner(run: DomainRun, record: OnboardingRecord, companyName: string): Promise<DomainOwner> {
  const named = namedOnRecord(record);
  if (named) return named;
  const call = { deadline: run.deadline, log: run.log };
  const oldest = record.started[0];
  if (!oldest) return { kind: 'unknown' };
  const since = new Date(Math.max(oldest.created - day, Date.now() - auditDays * day));
  const correlationIds = new Set(record.started.map(({ correlationId }) => correlationId.toLowerCase()));
  try {
    const listed = await findCustomer(run.partner, run.domain, companyName, call);
    const search = { domain: run.domain, customerId: listed, since, correlationIds };
    const creation = await findCreation(run.partner, search, call);
    if (!creation) return { kind: 'unknown' };
    const started = record.started.find(({ correlationId }) => correlationId.toLowerCase() === creation.correlationId);
    if (!started) return { kind: 'stranger' };
    const customerId = creation.customerId ?? listed;
    return customerId === undefined ? { kind: 'unknown' } : { kind: 'ours', started, customerId };
  } catch (error) {
    // A refused sign-in is for an operator, and waiting would not help.
    if (error instanceof OnboardingError) throw error;
    run.log('warn', 'LookUpFailed', { reason: error instanceof Error ? error.name : 'unknown' });
    return { kind: 'unknown' };
  }
}

/** Partner Center's own word, if an earlier call had it: an answer to a request id of ours named the customer. */
function namedOnRecord({ lost, passwordGone, notStored, started }: OnboardingRecord): DomainOwner | undefined {
  for (const { requestId, customerId } of [...(lost ? [lost] : []), ...passwordGone, ...notStored]) {
    const start = started.find((one) => one.requestId === requestId);
    if (start && customerId !== undefined) return { kind: 'ours', started: start, customerId };
  }
  return undefined;
}
