import { longerTimes, shortTimes } from '../../local/short-times.ts';
import { startStack, type Stack, type StackOptions } from '../../local/stack.ts';

/** The real lease, of which the clock of the table makes no waiting; waits inside a call are short all the same. */
export const realLease = { ONBOARDING_LEASE_SECONDS: '300' };

/** By how many milliseconds the clock of the table has to go on until every lease is over, also that of a reset. */
export const pastLease = 305_000;

/** `full` runs every cell of the matrices; otherwise those that can hurt, which fits into a test run. */
export const isFull = process.env['RECOVERY_MATRIX'] === 'full';

/** Starts a stack with the shortest times, for tests that wait for a call to run out of its time. */
export function startProofStack(options: StackOptions = {}): Promise<Stack> {
  return startStack({ ...options, settings: { ...shortTimes, ...options.settings } });
}

/** Starts a stack for one test and closes it afterwards; its calls have time enough on a busy machine. */
export async function withProofStack(options: StackOptions, use: (stack: Stack) => Promise<void>): Promise<void> {
  const stack = await startProofStack({ ...options, settings: { ...longerTimes, ...options.settings } });
  try {
    await use(stack);
  } finally {
    await stack.close();
  }
}

/** Lets the table's time go on, so that leases are over without waiting. Only for moments at which nothing is under way. */
export function passLeases(stack: Stack): void {
  stack.table.clockOffsetMs += pastLease;
}

/** Does some work for each item, so many at a time, and gives the results in order. */
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
