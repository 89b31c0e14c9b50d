const minute = 60_000;
/** How many starts and claims there are already, and the milliseconds that must lie between the youngest and one more. */
const pauses = [
  { below: 8, pause: 0 },
  { below: 16, pause: 10 * minute },
  { below: 32, pause: 60 * minute },
  { below: Infinity, pause: 6 * 60 * minute },
] as const;

/**
 * Whether one more start or claim of a request may be written, given those on record. The first may follow each other at once, later
 * ones seldom: callers that repeat for days must not fill the vault with versions, and the record stays below 50 of them.
 */
export function mayRepeat(events: readonly { requestId: string; age: number }[], requestId: string): boolean {
  const ages = events.filter((event) => event.requestId === requestId).map(({ age }) => age);
  const { pause } = pauses.find(({ below }) => ages.length < below) ?? pauses[3];
  return pause === 0 || Math.min(...ages) >= pause;
}
