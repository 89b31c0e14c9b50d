import { findCreation } from '../../shared/partner-center/find-creation.ts';
import { findCustomer } from '../../shared/partner-center/find-customer.ts';
import type { Created } from './create-sandbox-customer.ts';
import type { Probe } from './probe.ts';

/** When an entry appeared, measured from the answer to the create. */
export interface Seen {
  /** Number of polls before it that found nothing. */
  readonly misses: number;
  readonly milliseconds: number;
  /** Absent if it did not appear in time. */
  readonly found: { readonly correlationId?: string } | undefined;
}

const day = 24 * 60 * 60_000;

/** Polls the filtered list and the audit log in parallel for a new customer, while other questions are asked. */
export function watchCreated(probe: Probe, created: Created): { list: Promise<Seen>; audit: Promise<Seen> } {
  const { domain } = created.customer;
  const { companyName } = probe.plan.customer;
  const list = watch(probe, created, async () => {
    const customerId = await findCustomer(probe.partner, domain, companyName, probe.call());
    if (customerId !== undefined) probe.journal.identify(domain, customerId);
    return customerId === undefined ? undefined : {};
  });
  const audit = watch(probe, created, () => {
    const { outcome } = created.last;
    const customerId = 'customerId' in outcome ? outcome.customerId : undefined;
    return findCreation(probe.partner, { domain, customerId, since: new Date(Date.now() - day) }, probe.call());
  });
  // The question that awaits the result handles a failure.
  for (const watching of [list, audit]) watching.catch(() => undefined);
  return { list, audit };
}

async function watch(probe: Probe, { answeredAt }: Created, look: () => Promise<Seen['found']>): Promise<Seen> {
  for (let misses = 0; ; misses++) {
    const found = await look();
    const milliseconds = Date.now() - answeredAt;
    if (found !== undefined || milliseconds >= probe.plan.wait) return { misses, milliseconds, found };
    await probe.pause(probe.plan.pollEvery);
  }
}
