import { isReleased, type OnboardingRecord } from './fold.ts';

/** How many leases must lie between the youngest start or claim of a request and one more, by how many there are. */
const pauses = [
  { below: 8, leases: 0 },
  { below: 16, leases: 2 },
  { below: 32, leases: 12 },
  { below: Infinity, leases: 72 },
] as const;

/** Turns that let go of their lease did no harm; only when they are very many do they count. */
const releasedBound = 24;

/**
 * Milliseconds until one more start or claim of a request may be written, 0 when it may be now. The first may follow each other at once,
 * later ones seldom: callers that repeat for days must not fill the vault with versions, and the record stays below 50 of them.
 */
export function pauseLeft(
  record: OnboardingRecord,
  kind: 'started' | 'claims',
  { requestId, leaseSeconds }: { requestId: string; leaseSeconds: number },
): number {
  const all = record[kind].filter((event) => event.requestId === requestId);
  const counted = all.length < releasedBound ? all.filter((event) => !isReleased(record, event)) : all;
  const { leases } = pauses.find(({ below }) => counted.length < below) ?? pauses[3];
  const youngest = Math.min(...counted.map(({ age }) => age));
  return leases === 0 ? 0 : Math.max(0, leases * leaseSeconds * 1000 - youngest);
}
