import { OnboardingError } from '../errors/onboarding-error.ts';
import { findStored } from './credentials/find-stored.ts';
import { lookUpOwner } from './look-up-owner.ts';
import { alreadyOnboarded, credentialsLost, inProgress, notWhole, outcomeUnknown } from './open-outcomes.ts';
import { recordSuccess, toOnboarded, type Onboarded } from './onboarded.ts';
import { appendEvent, releaseLease } from './record/append-event.ts';
import type { Started } from './record/events.ts';
import { lostToStranger, othersLeaseLeft, type OnboardingRecord } from './record/fold.ts';
import { readRecord } from './record/read-record.ts';
import { canReset, recoverPassword } from './recover-password.ts';
import type { Run } from './run.ts';
import { waitForOthers } from './wait-for-others.ts';

export interface Existing {
  /** The start under which this call sent a create; absent when it sent none. */
  readonly own?: Started;
  /** Something of this call was sent and not answered. */
  readonly unanswered?: boolean;
  /** The only create ever sent for this domain was this call's, and it was answered "domain exists". */
  readonly sole?: boolean;
  /** Partner Center named the customer in answer to a request id of ours: that proves it ours. */
  readonly proven?: { readonly started: Started; readonly customerId: string };
}

const giveUpAfter = 24 * 60 * 60_000;

/** The domain exists and no password came with it: finds out whose it is, and gets its credentials if it is ours. */
export async function resolveExisting(run: Run, existing: Existing): Promise<Onboarded> {
  const { own, sole, proven, unanswered } = existing;
  const answered = own !== undefined && !unanswered;
  // Answered without a password for our own request id: no repeat brings it any more, so nobody joins and the leases run out.
  if (own && proven) await tellPasswordGone(run, own, proven.customerId);
  // Answered, and nothing in hand: others need not wait for this turn.
  if (answered && !sole) await releaseLease(run, own);
  const read = await readRecord(run.vaults, run.base, run);
  const record = await waitForOthers(run, read, run.deadline.share(0.3));
  const settled = settledBy(run, record);
  if (settled) return settled;
  if (!record.whole) throw unanswered ? outcomeUnknown(run, 'the record cannot be read whole') : notWhole(run);
  // "Domain exists" while another is at work proves nothing: its create may still be running.
  const busy = othersLeaseLeft(record, run.instance);
  if (busy > 0) throw inProgress(run, busy);
  if (proven) return finish(run, record, proven.started, proven.customerId);
  if (own && !sole) await tellPasswordGone(run, own, undefined);
  const owner = await lookUpOwner(run, record, run.payload.companyName);
  if (owner.kind === 'ours') return finish(run, record, owner.started, owner.customerId);
  const onlyEver = sole && record.started.every((start) => start.owner === own?.owner);
  const late = record.started.length > 0 && record.started.every(({ age }) => age > giveUpAfter);
  if (owner.kind === 'stranger' || onlyEver || lostToStranger(record) || late) {
    if (own && !late) await tellRefused(run, own);
    throw new OnboardingError('DomainTaken', { target: 'domain' });
  }
  if (answered && sole) await releaseLease(run, own);
  throw outcomeUnknown(run, 'the domain exists and is not proven ours yet', own ? { requestId: own.requestId } : {});
}

/** What the record says for good, as the answer to this payload. */
export function settledBy(run: Run, record: OnboardingRecord): Onboarded | undefined {
  const { succeeded, lost } = record;
  if (succeeded) {
    if (succeeded.fingerprint === run.fingerprint) return toOnboarded(succeeded);
    throw alreadyOnboarded(succeeded.customerId);
  }
  if (!lost) return undefined;
  // A success may be in the vault that could not be read, and it would count for more.
  if (!record.whole) throw notWhole(run);
  const start = record.started.find(({ requestId }) => requestId === lost.requestId);
  const possible = start ? canReset(run.settings, start) : 'recorded';
  // What was lost app-only can be reset once App+User is set up.
  if (possible === 'yes') return undefined;
  if (start && start.fingerprint !== run.fingerprint) throw alreadyOnboarded(lost.customerId);
  throw credentialsLost(run, lost.customerId, possible);
}

/** Ours: credentials that are stored already close it, otherwise the password is recovered. For another payload it ends in a conflict all the same. */
async function finish(run: Run, record: OnboardingRecord, started: Started, customerId: string): Promise<Onboarded> {
  if (started.fingerprint === run.fingerprint) return close(run, record, started, customerId);
  await close(run, record, started, customerId).catch((error: unknown) => {
    if (!(error instanceof OnboardingError)) throw error;
  });
  throw alreadyOnboarded(customerId);
}

async function close(run: Run, record: OnboardingRecord, started: Started, customerId: string): Promise<Onboarded> {
  const found = await findStored(run, started.requestId, record);
  if (!found.whole) throw notWhole(run);
  if (found.stored && !found.resetBegan) {
    return recordSuccess(run, { started, customerId: found.stored.customerId }, found.stored);
  }
  // Whoever has the payload may repeat it and be shown the password: it is not for another one to declare it lost.
  const own = started.fingerprint === run.fingerprint;
  if (!own && !found.stored && canReset(run.settings, started) !== 'yes') throw alreadyOnboarded(customerId);
  return recoverPassword(run, record, started, customerId);
}

async function tellPasswordGone(
  run: Run,
  { attempt, requestId }: Started,
  customerId: string | undefined,
): Promise<void> {
  const event = {
    event: 'PasswordGone',
    attempt,
    requestId,
    ...(customerId === undefined ? {} : { customerId }),
  } as const;
  await appendEvent(run.vaults, run.base, event, run).catch(() => undefined);
}

async function tellRefused(run: Run, { attempt, requestId, owner }: Started): Promise<void> {
  const event = { event: 'Refused', attempt, requestId, owner, code: 'DomainTaken' } as const;
  await appendEvent(run.vaults, run.base, event, run).catch(() => undefined);
}
