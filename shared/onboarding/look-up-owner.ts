import { OnboardingError } from '../errors/onboarding-error.ts';
import { findCreation } from '../partner-center/find-creation.ts';
import { findCustomer } from '../partner-center/find-customer.ts';
import type { Row } from '../record/row.ts';
import type { Context } from './context.ts';
import type { Owner } from './workflow/knowledge.ts';

const day = 24 * 60 * 60_000;
/** The audit log goes no further back. */
const auditDays = 89;

/**
 * Finds out who created the tenant of a domain: ours when the row names the customer, or when an audit record carries the domain and a
 * correlation id of an attempt, a stranger's when only others do. Both lists lag, so nothing found means unknown; timing alone proves nothing.
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
    // A refused sign-in is for an operator, and waiting would not help.
    if (error instanceof OnboardingError) throw error;
    log('warn', 'LookUpFailed', { reason: error instanceof Error ? error.name : 'unknown' });
    return { kind: 'unknown' };
  }
}
