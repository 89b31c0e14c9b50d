import { probeDomain } from '../partner-center/probe-domain.ts';
import type { Checked } from './check-customer.ts';
import { buildCustomerBody, deriveRequestId } from './customer-body.ts';
import { create } from './create.ts';
import { findStored } from './credentials/find-stored.ts';
import { joinOpen, type Joined } from './join-open.ts';
import { inProgress, notWhole, outcomeUnknown } from './open-outcomes.ts';
import { recordSuccess, type Onboarded } from './onboarded.ts';
import type { Recorded, Started } from './record/events.ts';
import { claimsLeft, isSpent, lostToStranger, othersLeaseLeft, type OnboardingRecord } from './record/fold.ts';
import { pauseLeft } from './record/pause-left.ts';
import { releaseLease } from './record/append-event.ts';
import { recoverPassword } from './recover-password.ts';
import { resolveExisting, settledBy } from './resolve-existing.ts';
import type { Run } from './run.ts';
import { waitForOthers } from './wait-for-others.ts';

/**
 * Takes up an onboarding of the same payload that is open on record: what is stored closes it, otherwise the same request is sent again.
 * Undefined when there is nothing to take up: the domain is free, nobody is at work, and the request was refused or its bytes cannot be built any more.
 */
export async function resume(
  run: Run,
  first: OnboardingRecord,
  open: Recorded<Started>,
  checking: Promise<Checked>,
): Promise<Onboarded | undefined> {
  if (!first.whole) throw notWhole(run);
  const early = await closeStored(run, first, open);
  if (early) return early;
  // A refusal may be over by now, but its request id stays refused: on a domain that is free still the next attempt begins.
  if (isSpent(first, open) && (await isFree(run))) return undefined;
  // Whoever is at work is likely to end soon; after a while the request is sent again beside him, which is safe.
  const patience = run.deadline.share(0.4);
  const record = othersLeaseLeft(first, run.instance) > 0 ? await waitForOthers(run, first, patience) : first;
  const settled = settledBy(run, record);
  if (settled) return settled;
  // The one create ever sent met a stranger while this call waited: its start is closed, and nobody joins it any more.
  if (lostToStranger(record)) return resolveExisting(run, {});
  if (record !== first) {
    const stored = await closeStored(run, record, open);
    if (stored) return stored;
  }
  const { requestId, attempt } = open;
  const gone = record.passwordGone.some((event) => event.requestId === requestId);
  if (gone) return resolveExisting(run, {});
  const body = buildCustomerBody(run.payload, open);
  // Another release may build other bytes; a request id must never travel with them.
  const sameBytes = deriveRequestId(run.domain, body, attempt) === requestId;
  const pause = pauseLeft(record, 'started', open);
  if (sameBytes && pause === 0) {
    return sendSeen(run, await joinOpen(run, record, open), { body, first: false });
  }
  // What can be repeated no more, or not now, is found by looking for it.
  const { domain } = await checking;
  if (domain === 'taken') return resolveExisting(run, {});
  if (domain === 'free' && !sameBytes && othersLeaseLeft(record, run.instance) === 0) return undefined;
  throw outcomeUnknown(run, 'repeated often, and rests for a while', { requestId, pause });
}

/** Asked after the record was read: whatever was in flight before has arrived by then. */
async function isFree(run: Run): Promise<boolean> {
  const call = { deadline: run.deadline.within(run.deadline.share(0.2)), log: run.log };
  return (await probeDomain(run.partner, run.domain, call).catch(() => 'unknown')) === 'free';
}

/** Closes the onboarding with credentials that are stored, or goes on with a reset that has begun: then no older password is believed. */
async function closeStored(run: Run, record: OnboardingRecord, open: Started): Promise<Onboarded | undefined> {
  const found = await findStored(run, open.requestId, record);
  if (!found.whole) throw notWhole(run);
  if (found.resetBegan && found.customerId !== undefined) return recoverPassword(run, record, open, found.customerId);
  return found.stored && recordSuccess(run, { started: open, customerId: found.stored.customerId }, found.stored);
}

/**
 * Sends a request whose start is on record and seen there, so that those who would destroy see it; stands back from those who have begun
 * to, and from what they have done.
 */
export async function sendSeen(
  run: Run,
  joined: Joined,
  { body, first }: { body: string; first: boolean },
): Promise<Onboarded> {
  const { started, record, reused } = joined;
  try {
    const settled = settledBy(run, record);
    if (settled) return settled;
    if (!record.whole) throw notWhole(run);
    const claimed = claimsLeft(record);
    if (claimed > 0) throw inProgress(run, claimed);
    const stored = await closeStored(run, record, started);
    if (stored) return stored;
  } catch (error) {
    // Nothing was sent under this start: it must not stand in the way of others.
    if (!reused) await releaseLease(run, started);
    throw error;
  }
  return create(run, { ...joined, body, first });
}
