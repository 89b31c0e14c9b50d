import { file, type Mutant } from './mutant.ts';
import * as frozen from './frozen-proofs.ts';
import * as races from './race-proofs.ts';

/** The second part of the table. */
export const moreMutants: readonly Mutant[] = [
  {
    safeguard: 'a frozen instance looks before it stores',
    patches: [
      { file: file('credentials/held-credentials.ts'), find: 'if (leaseLeft(held) <= 0) {', replace: 'if (!held) {' },
      { file: file('credentials/held-credentials.ts'), find: '.within(leaseLeft(held));', replace: ';' },
    ],
    proof: frozen.frozenHolder,
  },
  {
    safeguard: 'equal requests share one run',
    patches: [
      {
        file: file('in-flight.ts'),
        find: 'for (let running = this.#flights.get(domain); running;',
        replace: 'for (let running = this.#flights.get(fingerprint); running;',
      },
    ],
  },
  {
    safeguard: 'a lease is let go of once nothing is in flight, not before',
    patches: [
      {
        file: file('create.ts'),
        find: 'let doubted = false;',
        replace: 'let doubted = false; await releaseLease(run, attempt.started);',
      },
    ],
    proof: frozen.frozenOwner,
  },
  {
    safeguard: "an instance's own earlier claim counts",
    patches: [
      {
        file: file('record/fold.ts'),
        find: 'return Math.max(claimsLeft(record, claim)',
        replace: `const claims = record.claims.filter(({ owner }) => !isOwn(owner, instance));
          return Math.max(claimsLeft({ ...record, claims }, claim)`,
      },
    ],
    proof: races.lateReset,
  },
  {
    safeguard: 'ownership is proven by the audit record',
    patches: [
      {
        file: file('look-up-owner.ts'),
        find: "if (!started) return { kind: 'stranger' };",
        replace: "if (!started) return { kind: 'ours', started: oldest, customerId: creation.customerId ?? '' };",
      },
    ],
  },
  {
    safeguard: 'each attempt has a correlation id of its own',
    patches: [
      {
        file: file('correlation.ts'),
        find: 'return used ? randomUUID() : callers;',
        replace: 'return used ? callers : callers;',
      },
    ],
    proof: races.oneFlow,
  },
  {
    safeguard: 'what is not there is believed of a whole record only',
    patches: [{ file: file('record/fold.ts'), find: '    whole,\n', replace: '    whole: whole || true,\n' }],
  },
];
