import { sleep } from '../../../shared/network/clock.ts';
import type { Instance } from '../../local/instance.ts';
import type { Stack } from '../../local/stack.ts';
import { isSettled, payloadFor, send, type Answer } from './caller.ts';
import { inParallel, passLeases } from './proof-stack.ts';
import { nameAnswer } from './table.ts';

/** The onboarding of one customer, repeated until its outcome is final. */
export interface Pursuit {
  /** The full domain. */
  readonly domain: string;
  readonly instance: Instance;
  /** Defaults to the payload that passes all checks. */
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly answers: Answer[];
}

const mostRounds = 8;

/** The prefix of a domain, as payloads carry it. */
export function prefixOf(domain: string): string {
  return domain.split('.')[0] ?? domain;
}

/** Repeats all onboardings in parallel until each has a final outcome; between two rounds the clock moves past the leases. */
export async function settleAll(
  stack: Stack,
  pursuits: readonly Pursuit[],
  { until = isSettled }: { readonly until?: (answer: Answer) => boolean } = {},
): Promise<void> {
  for (let round = 0; round < mostRounds; round++) {
    const open = pursuits.filter(({ answers }) => !answers.some(until));
    if (open.length === 0) return;
    if (round > 0) {
      // A machine that was too busy for the last round may still be busy.
      await sleep(500 * round);
      passLeases(stack);
    }
    await inParallel(open, 12, async ({ domain, instance, payload, answers }) => {
      answers.push(await send(stack, instance, payload ?? payloadFor(prefixOf(domain))));
    });
  }
}

/** The last answer, with the number of calls if there was more than one. */
export function describeEnd(answers: readonly Answer[]): string {
  const end = nameAnswer(answers.at(-1));
  return answers.length > 1 ? `${end} x${answers.length}` : end;
}
