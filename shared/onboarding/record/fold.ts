import { elapsedSince, now, type Moment } from '../../network/clock.ts';
import { resetRefused, type Recorded, type RecordEvent, type Started, type Succeeded } from './events.ts';

type Kind<K extends RecordEvent['event']> = Recorded<Extract<RecordEvent, { event: K }>>;

/** What the events of a domain add up to, whatever order they were read in. */
export interface OnboardingRecord {
  /** False when a configured vault could not be read: then nothing may be concluded from what is not there. */
  readonly whole: boolean;
  readonly readAt: Moment;
  readonly succeeded: Recorded<Succeeded> | undefined;
  readonly lost: Kind<'Lost'> | undefined;
  /** Every start ever, refused or not, the oldest first. */
  readonly started: readonly Recorded<Started>[];
  /** The starts whose owner was not refused. */
  readonly open: readonly Recorded<Started>[];
  readonly refused: readonly Kind<'Refused'>[];
  readonly claims: readonly Kind<'RecoveryClaimed'>[];
  readonly passwordGone: readonly Kind<'PasswordGone'>[];
  readonly notStored: readonly Kind<'NotStored'>[];
  /** The attempt that a new start would be. */
  readonly attempt: number;
  /** Owners whose lease is over because they said so, as `requestId owner`. */
  readonly released: ReadonlySet<string>;
  /** Claims whose pending password was definitely not set: such a password supersedes nothing. */
  readonly resetsRefused: ReadonlySet<string>;
}

/** Folds the events of all vaults into one state; the order of the events plays no part. */
export function foldEvents(events: readonly Recorded[], whole: boolean): OnboardingRecord {
  const of = <K extends RecordEvent['event']>(kind: K): Kind<K>[] =>
    events
      .filter((event): event is Kind<K> => event.event === kind)
      .sort((a, b) => a.created - b.created || (a.version < b.version ? -1 : 1));
  const refused = of('Refused');
  const released = of('Released');
  const refusals = new Set(refused.map(ownership));
  const started = of('Started');
  return {
    whole,
    readAt: now(),
    succeeded: of('Succeeded').at(-1),
    lost: of('Lost').at(-1),
    started,
    open: started.filter((start) => !refusals.has(ownership(start))),
    refused,
    claims: of('RecoveryClaimed'),
    passwordGone: of('PasswordGone'),
    notStored: of('NotStored'),
    attempt: 1 + new Set(refused.map(({ requestId }) => requestId)).size,
    released: new Set(released.map(ownership)),
    resetsRefused: new Set(released.flatMap(({ code, owner }) => (code === resetRefused ? [owner] : []))),
  };
}

function ownership({ requestId, owner }: { requestId: string; owner: string }): string {
  return `${requestId} ${owner}`;
}

/** `created` and the vault's `Date` are whole seconds, so a lease may look up to two seconds older than it is. */
const granularity = 2000;

/** Milliseconds that a start or claim still holds, 0 when it is over or its owner let go of it. */
export function leaseLeft(record: OnboardingRecord, holder: Kind<'Started'> | Kind<'RecoveryClaimed'>): number {
  if (record.released.has(ownership(holder))) return 0;
  return Math.max(0, holder.leaseSeconds * 1000 + granularity - holder.age - elapsedSince(record.readAt));
}

/** Milliseconds until nobody, this instance included, is at work under an open start or a claim. */
export function leasesLeft(record: OnboardingRecord): number {
  return Math.max(claimsLeft(record), ...record.open.map((holder) => leaseLeft(record, holder)));
}

/** Milliseconds until no other instance than this one is at work under an open start, and no claim but `claim` holds. */
export function othersLeaseLeft(record: OnboardingRecord, instance: string, claim?: string): number {
  const others = record.open.filter(({ owner }) => !isOwn(owner, instance));
  return Math.max(claimsLeft(record, claim), ...others.map((holder) => leaseLeft(record, holder)));
}

/**
 * Milliseconds until every claim but `except` is over. An earlier claim of this very instance counts too: a reset that it sent and gave
 * up may still arrive, and would put a password in place that nobody knows.
 */
export function claimsLeft(record: OnboardingRecord, except?: string): number {
  const others = record.claims.filter(({ owner }) => owner !== except);
  return Math.max(0, ...others.map((claim) => leaseLeft(record, claim)));
}

/** Whether an owner is a turn of this instance. */
export function isOwn(owner: string, instance: string): boolean {
  return owner.startsWith(`${instance}.`);
}

/** Whether every attempt ended with somebody else having the domain: then it is taken for good. */
export function lostToStranger({ open, refused }: OnboardingRecord): boolean {
  return open.length === 0 && refused.length > 0 && refused.every(({ code }) => code === 'DomainTaken');
}

/** The youngest open start of a payload, of a request that may still bring the password if there is one. */
export function openStart(
  { open, passwordGone }: OnboardingRecord,
  fingerprint: string,
): Recorded<Started> | undefined {
  const gone = new Set(passwordGone.map(({ requestId }) => requestId));
  const own = open.filter((start) => start.fingerprint === fingerprint);
  return own.findLast(({ requestId }) => !gone.has(requestId)) ?? own.at(-1);
}

/** Whether a request was refused to one owner, and no other can have it in flight any more. */
export function isSpent(record: OnboardingRecord, { requestId }: { requestId: string }): boolean {
  return leasesLeft(record) === 0 && record.refused.some((refusal) => refusal.requestId === requestId);
}

/** Whether an owner let go of its lease. */
export function isReleased(record: OnboardingRecord, holder: { requestId: string; owner: string }): boolean {
  return record.released.has(ownership(holder));
}
