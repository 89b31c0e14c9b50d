import { findCustomer } from '../../shared/partner-center/find-customer.ts';
import { probeDomain } from '../../shared/partner-center/probe-domain.ts';
import { deleteCustomer } from './delete-customer.ts';
import { explainFailure } from './explain-failure.ts';
import type { JournalEntry } from './journal.ts';
import type { Probe } from './probe.ts';
import { describeStatus } from './words.ts';

/** A customer that could not be deleted, and why. */
export interface LeftBehind extends JournalEntry {
  readonly reason: string;
  /** Partner Center refuses the deletion of this customer, or forbids deletions: then the tenant may not be a sandbox. */
  readonly refusal?: 'customer' | 'forbidden';
}

/**
 * Deletes every customer of the journal except one. `patience`: milliseconds during which a customer that Partner Center does not find yet is
 * retried. Rejects only if the run is interrupted.
 */
export async function cleanUp(
  probe: Probe,
  { except, patience }: { except?: string | undefined; patience: number },
): Promise<LeftBehind[]> {
  const left: LeftBehind[] = [];
  for (const entry of probe.journal.entries.filter(({ domain }) => domain !== except)) {
    const until = Date.now() + patience;
    for (;;) {
      const failed = await tryRemove(probe, entry);
      if (failed === undefined) break;
      if (failed.refusal === undefined && Date.now() < until) {
        await probe.pause(probe.plan.pollEvery);
        continue;
      }
      left.push(failed);
      break;
    }
  }
  return left;
}

async function tryRemove(probe: Probe, entry: JournalEntry): Promise<LeftBehind | undefined> {
  probe.signal.throwIfAborted();
  try {
    return await remove(probe, entry);
  } catch (error) {
    probe.signal.throwIfAborted();
    return { ...entry, reason: explainFailure(error) };
  }
}

async function remove({ partner, plan, journal, call }: Probe, entry: JournalEntry): Promise<LeftBehind | undefined> {
  const { domain } = entry;
  const customerId = entry.customerId ?? (await findCustomer(partner, domain, plan.customer.companyName, call()));
  if (customerId === undefined) {
    if ((await probeDomain(partner, domain, call())) === 'taken') {
      return { ...entry, reason: 'the domain is taken, and no customer of it is in the list (yet)' };
    }
    journal.remove(entry);
    return undefined;
  }
  const deletion = await deleteCustomer(partner, customerId, call());
  const named = { domain, customerId };
  if (deletion.kind === 'deleted') {
    journal.remove(named);
    return undefined;
  }
  if (deletion.kind === 'not-found') return { ...named, reason: 'Partner Center does not know the customer (yet)' };
  const refusal = deletion.status === 403 || deletion.status === 405 ? 'forbidden' : 'customer';
  return { ...named, reason: `Partner Center refuses to delete it: ${describeStatus(deletion)}`, refusal };
}
