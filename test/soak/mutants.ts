import { checkColdWrites } from './check-cold-writes.ts';
import { file, type Mutant } from './mutant.ts';
import { lastMutants } from './last-mutants.ts';
import { moreMutants } from './more-mutants.ts';
import * as proofs from './proofs.ts';
import * as frozen from './frozen-proofs.ts';
import * as races from './race-proofs.ts';

/** Every safeguard taken out by a change of one or two places in the sources. */
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
    safeguard: 'a lease holds',
    patches: [
      {
        file: file('record/fold.ts'),
        find: 'if (record.released.has(ownership(holder))) return 0;',
        replace: 'if (record.readAt) return 0;',
      },
    ],
  },
  {
    safeguard: 'leases are judged by the clock of the vault',
    patches: [
      {
        file: file('record/events.ts'),
        find: 'at.vaultTime - version.created',
        replace: 'Date.now() - version.created',
      },
    ],
    proof: races.wrongClocks,
  },
  {
    safeguard: 'the success is recorded after the storing',
    patches: [
      {
        file: file('credentials/held-credentials.ts'),
        find: 'const stored = await storeCredentials(',
        replace: `const early = { id: '', version: '0' };
          await recordSuccess(run, held.created, { vault: run.vaults[0].url, userName: early, password: early });
          const stored = await storeCredentials(`,
      },
    ],
  },
  {
    safeguard: 'the record is listed again after a claim',
    patches: [
      {
        file: file('claim-recovery.ts'),
        find: 'const record = await readRecord(run.vaults, run.base, run);',
        replace: 'const record = { ...before, claims: [{ ...claim, age: 0 } as never] };',
      },
    ],
  },
  {
    safeguard: 'record and credentials are looked at again after joining',
    patches: [
      { file: file('join-open.ts'), find: 'record: await readUntilSeen(run, started)', replace: 'record: before' },
      {
        file: file('resume.ts'),
        find: 'const stored = await closeStored(run, record, started);',
        replace: 'const stored = undefined;',
      },
    ],
    proof: races.slowJoiner,
  },
  {
    safeguard: 'a vault client is warmed before it writes',
    // Both of them, because either alone keeps the race away: one challenge for both writes, or a client that knows it already.
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
    safeguard: 'time for storing is kept back',
    patches: [{ file: file('run.ts'), find: 'return deadline.share(0.15);', replace: 'return deadline.share(0);' }],
    proof: proofs.slowCreate,
  },
  {
    safeguard: 'a refusal is believed after a probe only',
    patches: [{ file: file('believe-refusal.ts'), find: "if (probe === 'taken') return;", replace: '' }],
  },
  {
    safeguard: 'a password that is gone is told',
    patches: [
      { file: file('resolve-existing.ts'), find: "event: 'PasswordGone',", replace: "event: 'Released', owner: '-'," },
    ],
    proof: proofs.gonePassword,
  },
  {
    safeguard: 'a pending password is not believed',
    patches: [
      {
        file: file('credentials/find-credentials.ts'),
        find: "tags['pending'] === undefined;",
        replace: 'tags !== undefined;',
      },
    ],
  },
  {
    safeguard: 'a new password is stored before it is set',
    patches: [
      {
        file: file('recover-password.ts'),
        find: 'const stored = await storeCredentials(run.vaults, credentials, run);',
        replace: `await resetPassword(run.partner, { customerId, userId, password }, call);
          const stored = await storeCredentials(run.vaults, { ...credentials, pending: undefined } as never, run);`,
      },
    ],
    proof: frozen.killedResets,
  },
  {
    safeguard: 'DomainTaken is said after a second list only',
    patches: [
      {
        file: file('take-up.ts'),
        find: 'const latest = record.started.length > 0 ? record : await readRecord(run.vaults, run.base, run);',
        replace: 'const latest = record;',
      },
    ],
  },
  ...moreMutants,
  ...lastMutants,
];
