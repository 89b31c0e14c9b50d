import { file, type Mutant } from './mutant.ts';
import * as proofs from './proofs.ts';
import * as races from './race-proofs.ts';

/** The last part of the table. */
export const lastMutants: readonly Mutant[] = [
  {
    safeguard: 'a refusal closes the start of its own owner only',
    patches: [
      {
        file: file('record/fold.ts'),
        find: 'open: started.filter((start) => !refusals.has(ownership(start))),',
        replace: 'open: started.filter((start) => !refused.some((one) => one.requestId === start.requestId)),',
      },
    ],
    proof: races.lonelyRefusal,
  },
  {
    safeguard: 'a request id that was refused is renewed once nothing of it is in flight',
    patches: [
      {
        file: file('resume.ts'),
        find: 'if (isSpent(first, open) && (await isFree(run))) return undefined;',
        replace: '',
      },
    ],
    proof: races.pastRefusal,
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
      {
        file: file('recover-password.ts'),
        find: 'turned.resetBegan ? undefined : await repeatLast(run, started, claim)',
        replace: 'repeatLast && claim ? undefined : undefined',
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
    proof: proofs.halfStored,
  },
];
