/** A moment on both clocks of this process: the wall clock can be changed, and the monotonic clock can stop while the machine is frozen. */
export interface Moment {
  readonly wall: number;
  readonly monotonic: number;
}

/** The current moment. */
export function now(): Moment {
  return { wall: Date.now(), monotonic: performance.now() };
}

/** The moment this number of milliseconds ago. */
export function ago(milliseconds: number): Moment {
  return { wall: Date.now() - milliseconds, monotonic: performance.now() - milliseconds };
}

/** Milliseconds since a moment, by the clock that shows more, so that a process notices that it was frozen. */
export function elapsedSince(moment: Moment): number {
  return Math.max(Date.now() - moment.wall, performance.now() - moment.monotonic, 0);
}

/** Waits this number of milliseconds. */
export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));
}
