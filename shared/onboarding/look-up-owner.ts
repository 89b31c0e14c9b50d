import { OnboardingError } from '../errors/onboarding-error.ts';
import { findCreation } from '../partner-center/find-creation.ts';
import { findCustomer } from '../partner-center/find-customer.ts';
import type { Row } from '../record/row.ts';
import type { Context } from './context.ts';
import type { Owner } from './workflow/knowledge.ts';

const day = 24 * 60 * 60_000;
/** Retention of the audit log. */
const auditDays = 89;

/**
 * Determines who created the tenant of a domain. It is ours if the row has the customer, or if an audit record has the domain and the
 * correlation ID of an attempt; it is another organization's if only other records have the domain. Both lists lag, so no result means
 * unknown. Timing alone proves nothing.
 */
export async function lookUpOwner({ services, domain, payload, deadline, log }: Context, row: Row): Promise<Owner> {
  if (row.customerId !== undefined) return { kind: 'ours', attempt: row.current, customerId: row.customerId };
  const call = { deadline, log };
  const oldest = Math.min(...row.attempts.map(({ sentAt }) => sentAt));
  const since = new Date(Math.max(oldest - day, Date.now() - auditDays * day));
  const idOf = (attempt: { createCorrelationId: string }): string => attempt.createCorrelationId.toLowerCase();
  try {
    const listed = await findCustomer(services.partner, domain, payload.companyName, call);
    const search = { domain, customerId: listed, since, correlationIds: new Set(row.attempts.map(idOf)) };
    const creation = await findCreation(services.partner, search, call);
    if (!creation) return { kind: 'unknown' };
    const attempt = row.attempts.findIndex((one) => idOf(one) === creation.correlationId);
    if (attempt < 0) return { kind: 'stranger' };
    const customerId = creation.customerId ?? listed;
    return customerId === undefined ? { kind: 'unknown' } : { kind: 'ours', attempt, customerId };
  } catch (error) {
    // A refused sign-in needs an operator; waiting does not help.
    if (error instanceof OnboardingError) throw error;
    log('warn', 'LookUpFailed', { reason: error instanceof Error ? error.name : 'unknown' });
    return { kind: 'unknown' };
  }
}
