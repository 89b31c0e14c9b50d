import { findStored } from './credentials/find-stored.ts';
import { alreadyOnboarded, inProgress, notWhole, outcomeUnknown } from './open-outcomes.ts';
import { recordSuccess, toOnboarded, type Onboarded } from './onboarded.ts';
import { appendEvent, releaseLease } from './record/append-event.ts';
import type { RecordEvent, Started } from './record/events.ts';
import { othersLeaseLeft, type OnboardingRecord } from './record/fold.ts';
import { pauseLeft } from './record/pause-left.ts';
import { readRecord } from './record/read-record.ts';
import { newOwner, type DomainRun } from './run.ts';

/**
 * Claims the right to destroy: flag first, look afterwards, so that of two instances at least one sees the other. Both may stand back;
 * a later call gets through. Gives the claim's owner, or the onboarding if it turns out to be done.
 */
export async function claimRecovery(
  run: DomainRun,
  before: OnboardingRecord,
  started: Started,
): Promise<{ owner: string; resetBegan: boolean } | { onboarded: Onboarded }> {
  const { attempt, requestId } = started;
  const busy = othersLeaseLeft(before, run.instance);
  if (busy > 0) throw inProgress(run, busy);
  const leaseSeconds = run.settings.onboardingLeaseSeconds;
  const pause = pauseLeft(before, 'claims', { requestId, leaseSeconds });
  if (pause > 0) throw outcomeUnknown(run, 'recovery was tried often and rests for a while', { requestId, pause });
  // With little time left the claim would only stand in the way of the next call.
  if (run.deadline.remaining() < run.deadline.share(0.2))
    throw outcomeUnknown(run, 'no time is left to recover', { requestId });
  const owner = newOwner(run);

  const claim: RecordEvent = { event: 'RecoveryClaimed', attempt, requestId, owner, leaseSeconds };
  await appendEvent(run.vaults, run.base, claim, run);
  const record = await readRecord(run.vaults, run.base, run);
  if (record.succeeded) {
    if (record.succeeded.requestId === requestId) return { onboarded: toOnboarded(record.succeeded) };
    throw alreadyOnboarded(record.succeeded.customerId);
  }
  const seen = record.claims.some((seenClaim) => seenClaim.owner === owner);
  const left = othersLeaseLeft(record, run.instance, owner);
  if (!record.whole || !seen || left > 0) {
    await releaseLease(run, { attempt, requestId, owner });
    throw record.whole ? inProgress(run, left) : notWhole(run);
  }
  const found = await findStored(run, requestId, record);
  if (!found.whole) {
    await releaseLease(run, { attempt, requestId, owner });
    throw notWhole(run);
  }
  if (found.stored && !found.resetBegan) {
    const { customerId } = found.stored;
    return { onboarded: await recordSuccess(run, { started, customerId }, found.stored) };
  }
  return { owner, resetBegan: found.resetBegan };
}
