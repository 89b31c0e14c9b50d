import { AsyncLocalStorage } from 'node:async_hooks';

/** One machine that instances run on: its clocks may be wrong, and it may be frozen. Times are virtual milliseconds. */
export interface Machine {
  readonly name: string;
  /** By how much its wall clock is ahead. */
  readonly wallOffset: number;
  /** Nothing runs on it before this moment. */
  frozenUntil: number;
  /** By how much its monotonic clock is behind, which may stop while a machine is frozen. */
  monotonicLag: number;
}

const current = new AsyncLocalStorage<Machine>();

/** The machine on which the calling code runs; none for emulators, callers and the simulation itself. */
export function currentMachine(): Machine | undefined {
  return current.getStore();
}

/** Runs what belongs to a machine: everything that it starts, listens to or waits for stays on that machine. */
export function runOn<T>(machine: Machine, work: () => T): T {
  return current.run(machine, work);
}

/** Runs what belongs to no machine, whoever calls. */
export function runOutside<T>(work: () => T): T {
  return current.exit(work);
}
