import type { Mutant } from './mutant.ts';
import * as proofs from './proofs.ts';

const file = (name: string): string => `shared/onboarding/${name}`;

/** The second half of the table. */
export const moreMutants: readonly Mutant[] = [
  {
    safeguard: 'a frozen instance looks before it stores',
    patches: [
      { file: file('credentials/held-credentials.ts'), find: 'if (leaseLeft(held) <= 0) {', replace: 'if (!held) {' },
    ],
    proof: proofs.frozenHolder,
  },
  {
    safeguard: 'equal requests share one run',
    patches: [
      {
        file: file('in-flight.ts'),
        find: 'const running = this.#flights.get(domain);',
        replace: 'const running = this.#flights.get(fingerprint) && undefined;',
      },
    ],
  },
  {
    safeguard: 'a lease is let go of once nothing is in flight, not before',
    patches: [
      {
        file: file('resolve-existing.ts'),
        find: 'if (answered && !sole) await releaseLease(run, own);',
        replace: 'if (own) await releaseLease(run, own);',
      },
      {
        file: file('create.ts'),
        find: 'let doubted = false;',
        replace: 'let doubted = false; await releaseLease(run, attempt.started);',
      },
    ],
  },
  {
    safeguard: "an instance's own earlier claim counts",
    patches: [
      {
        file: file('record/fold.ts'),
        find: 'record.claims.filter(({ owner }) => owner !== except)',
        replace: "record.claims.filter(({ owner }) => !except || !isOwn(owner, except.split('.')[0] ?? ''))",
      },
    ],
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
  },
  {
    safeguard: 'what is not there is believed of a whole record only',
    patches: [{ file: file('record/fold.ts'), find: '    whole,\n', replace: '    whole: whole || true,\n' }],
  },
  {
    safeguard: 'a refusal closes the start of its own owner only',
    patches: [
      {
        file: file('record/fold.ts'),
        find: 'open: started.filter((start) => !refusals.has(ownership(start))),',
        replace: 'open: started.filter((start) => !refused.some((one) => one.requestId === start.requestId)),',
      },
    ],
  },
  {
    safeguard: '"domain exists" is believed of the only create ever sent',
    patches: [
      { file: file('create.ts'), find: 'sole: attempt.first && !unanswered', replace: 'sole: true' },
      {
        file: file('resolve-existing.ts'),
        find: 'sole && record.started.every((start) => start.owner === own?.owner)',
        replace: 'sole',
      },
    ],
  },
  {
    safeguard: 'the copy in memory is offered until it is stored',
    patches: [{ file: file('keep-created.ts'), find: 'void run.held.keepOffering(held, run);', replace: '' }],
    proof: proofs.longOutage,
  },
  {
    safeguard: 'a terminating instance offers what it holds once more',
    patches: [
      {
        file: 'shared/http/app.ts',
        find: 'held.flush(), inFlight.settled().then(() => held.flush()),',
        replace: 'inFlight.settled(),',
      },
    ],
    proof: proofs.terminatedHolder,
  },
  {
    safeguard: 'starts and claims are bounded',
    patches: [{ file: file('record/pause-left.ts'), find: 'return leases === 0', replace: 'return leases >= 0' }],
    proof: proofs.endlessCreate,
  },
  {
    safeguard: 'a write whose answer was lost is looked for',
    patches: [
      {
        file: 'shared/key-vault/store-once.ts',
        find: 'const written = doubtful.has(write) ? await findWritten(vault, secret, call) : undefined;',
        replace: 'const written = doubtful.has(`- ${write}`) ? await findWritten(vault, secret, call) : undefined;',
      },
    ],
    proof: proofs.lostAnswers,
  },
  {
    safeguard: '"this call created nothing" is not said once a create was sent',
    patches: [
      {
        file: file('create.ts'),
        find: "error.code !== 'VaultUnavailable') throw error;",
        replace: 'error.code) throw error;',
      },
    ],
  },
  {
    safeguard: 'the password of another payload is not declared lost',
    patches: [
      { file: file('resolve-existing.ts'), find: 'if (!own && !found.stored', replace: 'if (!own && !found.whole' },
    ],
  },
  {
    safeguard: 'the same request goes out once more before a loss',
    patches: [
      { file: file('recover-password.ts'), find: 'if (repeated) return repeated;', replace: '' },
      {
        file: file('recover-password.ts'),
        find: 'await repeatLast(run, started, { owner: turned.owner, since: claimedAt });',
        replace: 'repeatLast === undefined;',
      },
    ],
  },
  {
    safeguard: 'a password without its user name is completed',
    patches: [
      {
        file: file('credentials/find-stored.ts'),
        find: 'if (!found.whole ||',
        replace: 'if (found.whole || !found.whole ||',
      },
    ],
  },
];
