const freely = 12;
const hour = 60 * 60_000;

/**
 * Whether one more start or claim of a request may be written, given those on record. The first dozen may follow each other at once; after that one an hour, two, four:
 * callers that repeat for days must not fill the vault with versions, and the record stays below 50 of them.
 */
export function mayRepeat(events: readonly { requestId: string; age: number }[], requestId: string): boolean {
  const ages = events.filter((event) => event.requestId === requestId).map(({ age }) => age);
  if (ages.length < freely) return true;
  return Math.min(...ages) >= hour * 2 ** Math.min(ages.length - freely, 4);
}
