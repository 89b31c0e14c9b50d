import { AsyncLocalStorage } from 'node:async_hooks';

/** One machine that instances run on: its clocks may be wrong, and it may be frozen. Times are virtual milliseconds. */
export interface Machine {
  readonly name: string;
  /** Offset of its wall clock, positive if ahead. */
  readonly wallOffset: number;
  /** Nothing runs on it before this moment. */
  frozenUntil: number;
  /** How far its monotonic clock is behind; the clock may stop while the machine is frozen. */
  monotonicLag: number;
}

const current = new AsyncLocalStorage<Machine>();

/** The machine on which the calling code runs; undefined for emulators, callers and the simulation itself. */
export function currentMachine(): Machine | undefined {
  return current.getStore();
}

/** Runs code on a machine: everything that it starts, listens to or waits for stays on that machine. */
export function runOn<T>(machine: Machine, work: () => T): T {
  return current.run(machine, work);
}

/** Runs code outside of any machine, whoever calls. */
export function runOutside<T>(work: () => T): T {
  return current.exit(work);
}
