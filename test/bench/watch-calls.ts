import type { EmulatorServer } from '../local/wire/emulator-server.ts';

/** One call that an emulator saw, in milliseconds on the clock of its process. */
export interface UpstreamCall {
  readonly server: string;
  readonly operation: string;
  readonly arrived: number;
  /** When the emulator had its answer, before the delay. */
  processed: number;
  answered: number;
}

/** Records the calls to any of the servers in the returned list. */
export function watchCalls(servers: Readonly<Record<string, EmulatorServer>>): UpstreamCall[] {
  const calls: UpstreamCall[] = [];
  for (const [name, server] of Object.entries(servers)) {
    const open = new Map<number, UpstreamCall>();
    server.onStage = (stage, { number, operation }) => {
      const now = performance.now();
      const call = open.get(number);
      if (stage === 'arrived') {
        const arrived = { server: name, operation, arrived: now, processed: now, answered: now };
        open.set(number, arrived);
        calls.push(arrived);
      } else if (call) {
        call[stage] = now;
        if (stage === 'answered') open.delete(number);
      }
    };
  }
  return calls;
}

/**
 * Number of sequential calls if every answer was delayed by `delay` milliseconds: the longest chain in which each call began after the previous one
 * was answered. Parallel calls may begin almost `delay` apart.
 */
export function countRoundTrips(calls: readonly UpstreamCall[], delay: number): number {
  let trips = 0;
  let free = -Infinity;
  for (const { arrived, processed } of calls.toSorted((a, b) => a.processed - b.processed)) {
    if (arrived < free) continue;
    trips += 1;
    // A timer may be a millisecond early.
    free = processed + delay - 5;
  }
  return trips;
}

/** Milliseconds in which at least one call was in flight: the lower bound for an onboarding. */
export function criticalPath(calls: readonly UpstreamCall[]): number {
  let total = 0;
  let until = -Infinity;
  for (const { arrived, answered } of calls.toSorted((a, b) => a.arrived - b.arrived)) {
    total += Math.max(0, answered - Math.max(arrived, until));
    until = Math.max(until, answered);
  }
  return total;
}

/** Milliseconds without a call in flight, by the calls before and after the gap. */
export function findGaps(calls: readonly UpstreamCall[]): { between: string; milliseconds: number }[] {
  const gaps: { between: string; milliseconds: number }[] = [];
  let last: UpstreamCall | undefined;
  for (const call of calls.toSorted((a, b) => a.arrived - b.arrived)) {
    if (last && call.arrived > last.answered)
      gaps.push({ between: `${last.operation} to ${call.operation}`, milliseconds: call.arrived - last.answered });
    if (!last || call.answered > last.answered) last = call;
  }
  return gaps;
}
