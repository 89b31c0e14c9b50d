import { findCreation } from '../../shared/partner-center/find-creation.ts';
import { findCustomer } from '../../shared/partner-center/find-customer.ts';
import type { Created } from './create-sandbox-customer.ts';
import type { Probe } from './probe.ts';

/** When something showed up, counted from the answer of the create. */
export interface Seen {
  /** Looks that found nothing before it. */
  readonly misses: number;
  readonly milliseconds: number;
  /** Absent when it did not show up in time. */
  readonly found: { readonly correlationId?: string } | undefined;
}

const day = 24 * 60 * 60_000;

/** Looks for a new customer in the filtered list and in the audit log, in parallel, while other questions are asked. */
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
  // A failure is met by the question that asks for it.
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
