import { sleep } from '../../../shared/network/clock.ts';
import type { Instance } from '../../local/instance.ts';
import type { Stack } from '../../local/stack.ts';
import { isSettled, payloadFor, send, type Answer } from './caller.ts';
import { inParallel, passLeases } from './proof-stack.ts';
import { nameAnswer } from './table.ts';

/** One customer's onboarding that somebody repeats until it is settled. */
export interface Pursuit {
  /** The full domain. */
  readonly domain: string;
  readonly instance: Instance;
  /** The payload that passes every check unless told. */
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly answers: Answer[];
}

const mostRounds = 8;

/** The prefix of a domain, as payloads carry it. */
export function prefixOf(domain: string): string {
  return domain.split('.')[0] ?? domain;
}

/** Repeats every onboarding, side by side, until each is settled; between two rounds time goes on until the leases are over. */
export async function settleAll(
  stack: Stack,
  pursuits: readonly Pursuit[],
  { until = isSettled }: { readonly until?: (answer: Answer) => boolean } = {},
): Promise<void> {
  for (let round = 0; round < mostRounds; round++) {
    const open = pursuits.filter(({ answers }) => !answers.some(until));
    if (open.length === 0) return;
    if (round > 0) {
      // A machine that was too busy for the last round may be so for a moment still.
      await sleep(500 * round);
      passLeases(stack);
    }
    await inParallel(open, 12, async ({ domain, instance, payload, answers }) => {
      answers.push(await send(stack, instance, payload ?? payloadFor(prefixOf(domain))));
    });
  }
}

/** The last answer, with the number of calls it took when it was more than one. */
export function describeEnd(answers: readonly Answer[]): string {
  const end = nameAnswer(answers.at(-1));
  return answers.length > 1 ? `${end} x${answers.length}` : end;
}
