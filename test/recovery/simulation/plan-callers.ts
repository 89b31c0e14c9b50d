import type { Random } from './random.ts';
import { second } from './units.ts';

/** A caller that onboards the customer. */
export interface CallerPlan {
  readonly variant: 'A' | 'B';
  readonly startsAt: number;
  readonly tries: number;
  /** Milliseconds between two calls; 0 uses the answer's Retry-After. */
  readonly interval: number;
  /** The number of the instance that gets all its calls; by default any running instance. */
  readonly instance?: number;
  /** Milliseconds after which the caller stops waiting for an answer. */
  readonly patience: number;
}

/** A few callers, most of them with the same payload. */
export function drawCallers(random: Random, faultsEnd: number): CallerPlan[] {
  return Array.from({ length: random.whole(1, 4) }, (_, index) => ({
    variant: index > 0 && random.chance(0.25) ? 'B' : 'A',
    startsAt: random.chance(0.4) ? 0 : random.between(0, faultsEnd / 2),
    tries: random.whole(1, 5),
    interval: random.chance(0.3) ? 0 : random.between(30, 300) * second,
    patience: random.pick([30, 120, 230]) * second,
  }));
}
