import { shortTimes } from '../../local/short-times.ts';
import { startStack, type Stack, type StackOptions } from '../../local/stack.ts';

/** The real lease duration; the clock of the table is moved instead of waiting. Waits inside a call are short. */
export const realLease = { ONBOARDING_LEASE_SECONDS: '300' };

/** Milliseconds by which the clock of the table must move until every lease has expired, including that of a reset. */
export const pastLease = 305_000;

/** `full` runs every cell of the matrices; otherwise only the critical ones, which fit into a test run. */
export const isFull = process.env['RECOVERY_MATRIX'] === 'full';

/** Starts a stack with short timeouts. */
export function startProofStack(options: StackOptions = {}): Promise<Stack> {
  return startStack({ ...options, settings: { ...shortTimes, ...options.settings } });
}

/** Starts a stack with short timeouts for one test and closes it afterwards. */
export async function withProofStack(options: StackOptions, use: (stack: Stack) => Promise<void>): Promise<void> {
  const stack = await startProofStack(options);
  try {
    await use(stack);
  } finally {
    await stack.close();
  }
}

/** Moves the clock of the table, so that leases expire without waiting. Call it only while no request is in flight. */
export function passLeases(stack: Stack): void {
  stack.table.clockOffsetMs += pastLease;
}

/** Runs the work for each item with limited concurrency; returns the results in order. */
export async function inParallel<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index] as T);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return results;
}
