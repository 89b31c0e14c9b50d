import { expect, test } from 'vitest';
import { payloadFor, send } from './rig/caller.ts';
import { loseFirstAnswers } from './rig/crash-run.ts';
import { faultNames } from './rig/fault-kinds.ts';
import { faultAndSettle, type FaultPlan } from './rig/fault-run.ts';
import { listCalls } from './rig/kill-switches.ts';
import { isFull, longerTimes, startProofStack } from './rig/proof-stack.ts';
import { settleAll } from './rig/settle.ts';
import { drawTable, listBreaches, type Cell } from './rig/table.ts';

/** On a busy machine what runs beside the faulted call may fail too. */
const unavailable = ['VaultUnavailable', 'PartnerCenterError'];
const refusing = ['PartnerAuthenticationFailed', 'Throttled', ...unavailable];

/** What a call that meets a fault may answer, by the upstream call that failed; the first pattern that fits counts. */
const allowances: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(identity|partnerVault) /, ['ConfigurationError', ...unavailable]],
  // No rules for a country: it is none in which Partner Center sells.
  [/readCountryRules$/, ['CountryRule', ...refusing]],
  [/(entra token|probeDomain|Address)$/, refusing],
  [/createCustomer$/, ['OutcomeUnknown', 'RejectedByPartnerCenter', 'DomainTaken', ...refusing]],
  [/store (pending )?admin-/, ['CredentialsNotStored']],
  [/store (Succeeded|PasswordGone)$/, []],
  // The recovery follows on a create.
  [/store RecoveryClaimed$/, ['OutcomeUnknown']],
  [/list admin/, ['OutcomeUnknown', 'VaultUnavailable']],
  [/^credentialVault /, unavailable],
  [/(find|read)\w+$/, ['OutcomeUnknown', 'PartnerAuthenticationFailed']],
  [/(listUsers|resetPassword)$/, ['OutcomeUnknown', 'CredentialsLost', 'PartnerAuthenticationFailed']],
];

/** A password that was reset counts for something only when the record names it. */
const ofRecovery: typeof allowances = [[/store Succeeded$/, ['OutcomeUnknown']], ...allowances];

function plan(calls: readonly string[], lasting: boolean, among = allowances): FaultPlan[] {
  return calls.flatMap((call, row) =>
    faultNames.map((fault, column) => {
      const allowed = among.find(([pattern]) => pattern.test(call))?.[1] ?? [];
      return { call, fault, lasting, allowed, domain: `f${row}x${column}${lasting ? 'l' : 'o'}.onmicrosoft.com` };
    }),
  );
}

const lastings = isFull ? [true, false] : [true];

test.concurrent.each(isFull ? (['app', 'app+user'] as const) : (['app'] as const))(
  'settles rightly after every fault of every upstream call of an onboarding, with %s',
  { timeout: 600_000 },
  async (flow) => {
    const stack = await startProofStack({ flow, settings: longerTimes });
    try {
      const probe = await stack.startInstance({ fronts: true });
      expect(await send(stack, probe, payloadFor('probe'))).toMatchObject({ status: 201 });
      const calls = listCalls(stack, probe);
      const cells: Cell[] = [];
      for (const lasting of lastings) cells.push(...(await faultAndSettle(stack, plan(calls, lasting))));
      console.log(drawTable(`Fault matrix, ${flow}`, cells));
      expect(listBreaches(cells)).toEqual([]);
    } finally {
      await stack.close();
    }
  },
);

test.concurrent(
  'settles rightly after every fault of every upstream call of a recovery',
  { timeout: 600_000 },
  async () => {
    const stack = await startProofStack({ flow: 'app+user', settings: longerTimes });
    try {
      stack.partnerCenter.knobs.replay = 'domain-exists';
      const domain = 'probe.onmicrosoft.com';
      await loseFirstAnswers(stack, [domain]);
      const probe = { domain, instance: await stack.startInstance({ fronts: true }), answers: [] };
      await settleAll(stack, [probe]);
      const own = /PasswordGone|Claimed|pending|Succeeded|list admin|find|Audit|Users|reset/;
      const calls = listCalls(stack, probe.instance).filter((call) => own.test(call));
      const cells: Cell[] = [];
      for (const lasting of lastings) {
        const plans = plan(calls, lasting, ofRecovery);
        await loseFirstAnswers(
          stack,
          plans.map((one) => one.domain),
        );
        cells.push(...(await faultAndSettle(stack, plans)));
      }
      console.log(drawTable('Fault matrix of recovery, app+user', cells));
      expect(listBreaches(cells)).toEqual([]);
    } finally {
      await stack.close();
    }
  },
);
