import { ago, now, type Moment } from '../network/clock.ts';
import { notWhole } from './open-outcomes.ts';
import { appendEvent } from './record/append-event.ts';
import { startAgain, type Recorded, type Started } from './record/events.ts';
import { isOwn, leaseLeft, type OnboardingRecord } from './record/fold.ts';
import { readRecord } from './record/read-record.ts';
import { newOwner, type Run } from './run.ts';

export interface Joined {
  readonly started: Started;
  /** The record with this start in it. */
  readonly record: OnboardingRecord;
  readonly leaseSince: Moment;
  /** True where an earlier call of this instance wrote the start and something of it may still be in flight. */
  readonly reused: boolean;
}

/** Milliseconds by which a lease must outlive the call that goes on under it. */
const margin = 3000;

/** A start of this instance for a request that is open: the one it has, if that outlives the call, else a new one, seen on record. */
export async function joinOpen(run: Run, before: OnboardingRecord, open: Recorded<Started>): Promise<Joined> {
  const { requestId } = open;
  const own = before.open.find((start) => isOwn(start.owner, run.instance) && start.requestId === requestId);
  const left = own ? leaseLeft(before, own) : 0;
  if (own && left - margin > run.deadline.remaining()) {
    const leaseSince = ago(own.leaseSeconds * 1000 - left + margin);
    return { started: own, record: before, leaseSince, reused: !run.turnedAway.take(own) };
  }
  const leaseSince = now();
  const turn = { owner: newOwner(run), leaseSeconds: run.settings.onboardingLeaseSeconds };
  const started = startAgain(open, turn);
  await appendEvent(run.vaults, run.base, started, run);
  return { started, record: await readUntilSeen(run, started), leaseSince, reused: false };
}

/** The record with our own start in it; a list that lags is read once more. */
export async function readUntilSeen(run: Run, { owner }: Started): Promise<OnboardingRecord> {
  const seenIn = (record: OnboardingRecord): boolean => record.started.some((start) => start.owner === owner);
  const record = await readRecord(run.vaults, run.base, run);
  if (seenIn(record) || !record.whole) return record;
  const again = await readRecord(run.vaults, run.base, run);
  if (!seenIn(again)) throw notWhole(run);
  return again;
}
