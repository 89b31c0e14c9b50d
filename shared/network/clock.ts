/** A moment, taken on both clocks of this process: the wall clock may be set, the monotonic clock may stop while a machine is frozen. */
export interface Moment {
  readonly wall: number;
  readonly monotonic: number;
}

/** The present moment. */
export function now(): Moment {
  return { wall: Date.now(), monotonic: performance.now() };
}

/** The moment that many milliseconds before now. */
export function ago(milliseconds: number): Moment {
  return { wall: Date.now() - milliseconds, monotonic: performance.now() - milliseconds };
}

/** Milliseconds since a moment, by the clock that shows more, so that a frozen process notices the gap. */
export function elapsedSince(moment: Moment): number {
  return Math.max(Date.now() - moment.wall, performance.now() - moment.monotonic, 0);
}

/** Waits that many milliseconds. */
export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));
}
