import { NotAsked } from './probe-refusal.ts';
import type { FirstCustomer, Probe } from './probe.ts';

/** The first customer; throws `NotAsked` when there is none. */
export function findFirst(probe: Probe): FirstCustomer {
  if (probe.first === undefined) throw new NotAsked('the first customer was not created');
  return probe.first;
}
