import type { WireRequest } from '../../local/wire/wire.ts';
import type { Stack } from '../../local/stack.ts';

/** Breaks every create before or after it takes effect; the returned function ends this. */
export function breakCreates(stack: Stack, kind: 'reset-before' | 'reset-after'): () => void {
  let broken = true;
  const matches = ({ operation }: WireRequest): boolean => broken && operation === 'createCustomer';
  stack.partnerCenter.server.faults.add({ kind, times: Infinity, matches });
  return () => (broken = false);
}

/** Drops the answers to the next creates, which take effect. */
export function loseAnswer(stack: Stack, times = 1): void {
  stack.partnerCenter.server.faults.add({
    kind: 'reset-after',
    times,
    matches: ({ operation }) => operation === 'createCustomer',
  });
}
