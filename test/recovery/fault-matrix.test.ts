import { expect, test } from 'vitest';
import { payloadFor, send, type Answer } from './rig/caller.ts';
import { loseFirstAnswers } from './rig/crash-run.ts';
import { faultNames } from './rig/fault-kinds.ts';
import { faultAndSettle, type FaultPlan } from './rig/fault-run.ts';
import { isSuccess } from './rig/judge.ts';
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
const late = ['VaultUnavailable', 'PartnerCenterError'];
/** Only once a create was sent is there anything to be unknown, or to be stored. */
const lateCreated = [...late, 'OutcomeUnknown', 'CredentialsNotStored'];

const writes = /store |createCustomer|resetPassword/;

/** The full matrix has every cell. In the short one each call is met by some, each by others, and what only reads by fewer. */
function isChosen(call: string, row: number, column: number): boolean {
  return isFull || (row + column) % (writes.test(call) ? 3 : 7) === 0;
}

interface Row {
  readonly call: string;
  /** Where several calls have that name: the event after which it is the one. */
  readonly after?: string;
  readonly created: boolean;
}

function plan(rows: readonly Row[], lasting: boolean): FaultPlan[] {
  return rows.flatMap(({ call, after, created }, row) =>
    faultNames.flatMap((fault, column) => {
      if (!isChosen(call, row, column)) return [];
      const own = allowances.find(([pattern]) => pattern.test(call))?.[1] ?? [];
      const allowed = [...own, ...(created ? lateCreated : late)];
      const domain = `f${row}x${column}${lasting ? 'l' : 'o'}.onmicrosoft.com`;
      return [{ call, fault, lasting, allowed, domain, after }];
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
      const create = calls.indexOf('partnerCenter createCustomer');
      const rows = calls.map((call, index) => ({ call, created: index >= create }));
      const cells: Cell[] = [];
      for (const lasting of lastings) cells.push(...(await faultAndSettle(stack, plan(rows, lasting))));
      console.log(drawTable(`Fault matrix, ${flow}`, cells));
      expect(listBreaches(cells)).toEqual([]);
    } finally {
      await stack.close();
    }
  },
);

const isLost = ({ code }: Answer): boolean => code === 'CredentialsLost';
const own = /PasswordGone|Released|Claimed|pending|Succeeded|list admin|find|Audit|Users|reset|Lost/;
const lastRepeat: Row = { call: 'partnerCenter createCustomer', after: 'RecoveryClaimed', created: true };
const unanswered = /^(reset|timeout|truncated|html|500|503|429|401)(?!.*once)/;

/** App-only has no reset, and a row of its own in the full form. */
const recoveries = [
  { flow: 'app+user', asked: own, more: [], isEnd: isSuccess },
  { flow: 'app', asked: own, more: [lastRepeat], isEnd: isLost },
] as const;

test.concurrent.each(recoveries.filter(({ flow }) => isFull || flow === 'app+user'))(
  'settles rightly after every fault of every upstream call of a recovery, with $flow',
  { timeout: 600_000 },
  async ({ flow, asked, more, isEnd }) => {
    const stack = await startProofStack({ flow, settings: longerTimes });
    try {
      stack.partnerCenter.knobs.replay = 'domain-exists';
      const domain = 'probe.onmicrosoft.com';
      await loseFirstAnswers(stack, [domain]);
      const probe = { domain, instance: await stack.startInstance({ fronts: true }), answers: [] };
      await settleAll(stack, [probe]);
      const calls = listCalls(stack, probe.instance).filter((call) => asked.test(call));
      const rows = [...calls.map((call) => ({ call, created: true })), ...more];
      const cells: Cell[] = [];
      for (const lasting of lastings) {
        const plans = plan(rows, lasting);
        await loseFirstAnswers(
          stack,
          plans.map((one) => one.domain),
        );
        cells.push(...(await faultAndSettle(stack, plans, isEnd)));
      }
      console.log(drawTable(`Fault matrix of recovery, ${flow}`, cells));
      expect(listBreaches(cells)).toEqual([]);
      // Nothing is declared lost as long as the last repeat was not answered.
      const repeats = cells.filter(({ row, column }) => row.includes(' after ') && unanswered.test(column));
      expect(repeats.filter(({ outcome }) => !outcome.startsWith('unknown'))).toEqual([]);
    } finally {
      await stack.close();
    }
  },
);
