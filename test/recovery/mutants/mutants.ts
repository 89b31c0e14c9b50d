import { checkColdWrites } from './check-cold-writes.ts';
import type { Mutant } from './mutant.ts';
import * as proofs from './proofs.ts';
import * as races from './race-proofs.ts';

/** Every safeguard, removed by a change of one or two places in the sources. */
export const mutants: readonly Mutant[] = [
  {
    safeguard: 'the request id is derived, not random',
    patches: [
      {
        file: 'shared/customer/request-body.ts',
        find: 'return v5(JSON.stringify([domain, sha256(body), attempt]), requestIds);',
        replace: 'return v5(JSON.stringify([domain, sha256(body), attempt, Math.random()]), requestIds);',
      },
    ],
  },
  {
    safeguard: 'a vault client is warmed before it writes',
    // Both, because each alone prevents the race: one challenge for both writes, or a client that has already received it.
    patches: [
      {
        file: 'shared/key-vault/vault.ts',
        find: 'warm ??= vault.listVersions(secret.name, call).then(',
        replace: 'warm ??= Promise.resolve().then(',
      },
      {
        file: 'shared/key-vault/share-challenge.ts',
        find: "if (request.headers.has('authorization'))",
        replace: 'if (request)',
      },
    ],
    check: checkColdWrites,
  },
  {
    safeguard: 'each attempt has a correlation id of its own',
    patches: [
      {
        file: 'shared/onboarding/correlation.ts',
        find: 'return used ? randomUUID() : callers;',
        replace: 'return used ? callers : callers;',
      },
    ],
    proof: races.oneFlow,
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
    safeguard: 'ownership is proven by the audit record',
    patches: [
      {
        file: 'shared/onboarding/look-up-owner.ts',
        find: "if (attempt < 0) return { kind: 'stranger' };",
        replace: "if (attempt < 0) return { kind: 'ours', attempt: 0, customerId: creation.customerId ?? '' };",
      },
    ],
  },
  {
    safeguard: 'time for storing is kept back',
    patches: [{ file: 'shared/onboarding/workflow/time-budget.ts', find: 'store: 0.15,', replace: 'store: 0,' }],
    proof: proofs.slowCreate,
  },
  {
    safeguard: 'the copy in memory is offered until it is stored',
    patches: [
      {
        file: 'shared/credentials/held-credentials.ts',
        find: 'void this.#keepOffering(domain, copy, pause);',
        replace: '',
      },
    ],
    proof: proofs.longOutage,
  },
  {
    safeguard: 'leases are judged by the clock of the service',
    patches: [
      {
        file: 'shared/record/domain-record.ts',
        find: '(serviceTime - found.timestamp)',
        replace: '(Date.now() - found.timestamp)',
      },
    ],
  },
  {
    safeguard: 'a lease is renewed while its call lives',
    patches: [
      {
        file: 'shared/onboarding/workflow/run-workflow.ts',
        find: 'void record.renew(',
        replace: 'if (!record) void record.renew(',
      },
    ],
  },
];
