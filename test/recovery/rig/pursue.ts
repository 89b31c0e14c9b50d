import { sleep } from '../../../shared/network/clock.ts';
import type { Instance } from '../../local/instance.ts';
import type { Stack } from '../../local/stack.ts';
import { isSettled, send, type Answer } from './caller.ts';
import { passLeases } from './proof-stack.ts';

/** Repeats a call until its outcome is final, adding to `answers`; between calls the vaults' clock moves past the leases. */
export async function pursue(
  stack: Stack,
  instance: Instance,
  payload: Readonly<Record<string, unknown>>,
  answers: Answer[] = [],
): Promise<Answer[]> {
  for (let round = 0; round < 8 && !answers.some(isSettled); round++) {
    if (answers.length > 0) {
      await sleep(500);
      passLeases(stack);
    }
    answers.push(await send(stack, instance, payload));
  }
  return answers;
}

/** Polls every few milliseconds until a condition holds; rejects after thirty seconds. */
export async function until(holds: () => boolean): Promise<void> {
  for (const end = performance.now() + 30_000; !holds();) {
    if (performance.now() > end) throw new Error('it did not happen within thirty seconds');
    await sleep(5);
  }
}

/** The error lines of an event that an instance logged, for alerts. */
export function errorLines(instance: Pick<Instance, 'logLines'>, event: string): string[] {
  const lines = instance.logLines.filter(({ level }) => level === 'error').map(({ message }) => message);
  return lines.filter((message) => message.includes(`"event":"${event}"`));
}
