import { expect, test } from 'vitest';
import { payloadFor, send } from './rig/caller.ts';
import { loseFirstAnswers } from './rig/crash-run.ts';
import { faultNames } from './rig/fault-kinds.ts';
import { faultAndSettle, type FaultPlan } from './rig/fault-run.ts';
import { listCalls } from './rig/kill-switches.ts';
import { isFull, longerTimes, startProofStack } from './rig/proof-stack.ts';
import { settleAll } from './rig/settle.ts';
import { drawTable, listBreaches, type Cell } from './rig/table.ts';

const refusing = ['PartnerAuthenticationFailed', 'Throttled'];

/** The codes that may come of a failed upstream call, beside those of a machine too busy for such short times. */
const allowances: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(identity|partnerVault) /, ['ConfigurationError']],
  // No rules for a country: it is none in which Partner Center sells.
  [/readCountryRules$/, ['CountryRule', ...refusing]],
  [/(entra token|probeDomain|Address)$/, refusing],
  [/createCustomer$/, ['RejectedByPartnerCenter', 'DomainTaken', ...refusing]],
  [/(findCustomers|readAuditRecords)$/, ['PartnerAuthenticationFailed']],
  [/(listUsers|resetPassword)$/, ['CredentialsLost', 'PartnerAuthenticationFailed']],
  [/./, []],
];

/** Any upstream may be late as well. What these say of the world is judged for every answer. */
const late = ['VaultUnavailable', 'PartnerCenterError', 'OutcomeUnknown', 'CredentialsNotStored'];

const writes = /store |createCustomer|resetPassword/;

/** The full matrix has every cell. In the short one each call is met by some, each by others, and what only reads by fewer. */
function isChosen(call: string, row: number, column: number): boolean {
  return isFull || (row + column) % (writes.test(call) ? 2 : 5) === 0;
}

function plan(calls: readonly string[], lasting: boolean): FaultPlan[] {
  return calls.flatMap((call, row) =>
    faultNames.flatMap((fault, column) => {
      if (!isChosen(call, row, column)) return [];
      const own = allowances.find(([pattern]) => pattern.test(call))?.[1] ?? [];
      const allowed = [...own, ...late];
      return [{ call, fault, lasting, allowed, domain: `f${row}x${column}${lasting ? 'l' : 'o'}.onmicrosoft.com` }];
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
        const plans = plan(calls, lasting);
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
