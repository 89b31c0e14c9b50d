import { ago, now } from '../network/clock.ts';
import { buildCustomerBody, deriveRequestId } from './customer-body.ts';
import { create } from './create.ts';
import { findStored } from './credentials/find-stored.ts';
import { inProgress, notWhole } from './open-outcomes.ts';
import { recordSuccess, type Onboarded } from './onboarded.ts';
import { appendEvent } from './record/append-event.ts';
import type { Recorded, Started } from './record/events.ts';
import { claimsLeft, isOwn, leaseLeft, othersLeaseLeft, type OnboardingRecord } from './record/fold.ts';
import { mayRepeat } from './record/may-repeat.ts';
import { readRecord } from './record/read-record.ts';
import { recoverPassword } from './recover-password.ts';
import { resolveExisting, settledBy } from './resolve-existing.ts';
import { newOwner, type Run } from './run.ts';
import { waitForOthers } from './wait-for-others.ts';

/** Takes up an onboarding of the same payload that is open on record: what is stored closes it, otherwise the same request is sent again. */
export async function resume(run: Run, first: OnboardingRecord, open: Recorded<Started>): Promise<Onboarded> {
  if (!first.whole) throw notWhole(run);
  const early = await closeStored(run, first, open);
  if (early) return early;
  // Whoever is at work is likely to end soon; after a while the request is sent again beside him, which is safe.
  const patience = run.deadline.share(0.1);
  const record = othersLeaseLeft(first, run.instance) > 0 ? await waitForOthers(run, first, patience) : first;
  const settled = settledBy(run, record);
  if (settled) return settled;
  if (record !== first) {
    const stored = await closeStored(run, record, open);
    if (stored) return stored;
  }
  const gone = record.passwordGone.filter(({ requestId }) => requestId === open.requestId);
  if (gone.length > 0) {
    const customerId = gone.find((event) => event.customerId !== undefined)?.customerId;
    return resolveExisting(run, customerId === undefined ? {} : { proven: { started: open, customerId } });
  }
  return join(run, record, open);
}

/** Closes the onboarding with credentials that are stored, or goes on with a reset that has begun: then no older password is believed. */
async function closeStored(run: Run, record: OnboardingRecord, open: Started): Promise<Onboarded | undefined> {
  const found = await findStored(run, open.requestId);
  if (!found.whole) throw notWhole(run);
  if (found.resetBegan && found.customerId !== undefined) return recoverPassword(run, record, open, found.customerId);
  return found.stored && recordSuccess(run, { started: open, customerId: found.stored.customerId }, found.stored);
}

/** Sends the same request again: on record first, then one more look, so that those who would destroy see it. */
async function join(run: Run, before: OnboardingRecord, open: Recorded<Started>): Promise<Onboarded> {
  const body = buildCustomerBody(run.payload, open);
  // Another release may build other bytes; a request id must never travel with them.
  if (deriveRequestId(run.payload.domain, body, open.attempt) !== open.requestId) return resolveExisting(run, {});
  let leaseSince = now();
  const live = before.open.find(({ owner, requestId }) => isOwn(owner, run.instance) && requestId === open.requestId);
  let started: Started;
  let record: OnboardingRecord;
  if (live && leaseLeft(before, live) - 3000 > run.deadline.remaining()) {
    started = live;
    leaseSince = ago(live.leaseSeconds * 1000 - leaseLeft(before, live) + 3000);
    record = before;
  } else {
    // A tenant whose creation is never answered, however often it is repeated, is found by looking for it.
    if (!mayRepeat(before.started, open.requestId)) return resolveExisting(run, {});
    const { attempt, requestId, fingerprint, country, culture, language, enableGDAPByDefault, correlationId } = open;
    const enriched = {
      attempt,
      requestId,
      fingerprint,
      country,
      culture,
      language,
      enableGDAPByDefault,
      correlationId,
    };
    const leaseSeconds = run.settings.onboardingLeaseSeconds;
    started = { event: 'Started', ...enriched, owner: newOwner(run), leaseSeconds };
    await appendEvent(run.vaults, run.base, started, run);
    record = await readUntilSeen(run, started);
  }
  const settled = settledBy(run, record);
  if (settled) return settled;
  if (!record.whole) throw notWhole(run);
  if (claimsLeft(record) > 0) throw inProgress(run, record);
  const stored = await closeStored(run, record, open);
  return stored ?? create(run, { started, body, leaseSince, first: false });
}

/** The record with our own start in it; a list that lags is read once more. */
async function readUntilSeen(run: Run, { owner }: Started): Promise<OnboardingRecord> {
  const seenIn = (record: OnboardingRecord): boolean => record.started.some((start) => start.owner === owner);
  const record = await readRecord(run.vaults, run.base, run);
  if (seenIn(record) || !record.whole) return record;
  const again = await readRecord(run.vaults, run.base, run);
  if (!seenIn(again)) throw notWhole(run);
  return again;
}
