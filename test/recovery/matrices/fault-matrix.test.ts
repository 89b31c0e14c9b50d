import { expect, test } from 'vitest';
import { payloadFor, send } from '../rig/caller.ts';
import { lastings, planFaults } from '../rig/fault-plan.ts';
import { faultAndSettle } from '../rig/fault-run.ts';
import { listCalls } from '../rig/kill-switches.ts';
import { isFull, startProofStack } from '../rig/proof-stack.ts';
import { drawTable, listBreaches, type Cell } from '../rig/table.ts';
import { longerTimes } from '../../local/short-times.ts';

test.each(isFull ? (['app', 'app+user'] as const) : (['app'] as const))(
  'reaches the correct outcome after every fault of every upstream call of an onboarding, with %s',
  { timeout: 600_000 },
  async (flow) => {
    const stack = await startProofStack({ flow, settings: longerTimes });
    try {
      const probe = await stack.startInstance({ fronts: true });
      expect(await send(stack, probe, payloadFor('probe'))).toMatchObject({ status: 201 });
      const calls = listCalls(stack, probe);
      // Order is not compared: the call after the create may arrive in the same millisecond.
      const rows = calls.map((call) => ({
        call,
        created: /createCustomer|store admin-password|replaceRow/.test(call),
      }));
      const cells: Cell[] = [];
      for (const lasting of lastings) cells.push(...(await faultAndSettle(stack, planFaults(rows, lasting))));
      console.log(drawTable(`Fault matrix, ${flow}`, cells));
      expect(listBreaches(cells)).toEqual([]);
    } finally {
      await stack.close();
    }
  },
);
