import { inFile, type ModelMutant } from './mutant.ts';
import { callOnce, twice, twoPayloads, yesterday } from './questions.ts';

const begin = inFile('begin');
const move = inFile('move');
const row = inFile('compare-and-set');
const recover = inFile('recover');
const steps = inFile('steps');

/** What a call does when the domain exists and the password is not available. */
export const mutantsOfRecovery: readonly ModelMutant[] = [
  {
    safeguard: 'the same create goes out once more before anything is lost or reset',
    patches: [recover("? go('repeatLast', known)", '? recoverPassword(known, arguments[2])')],
    theme: { calls: callOnce, budget: { refusals: 1 } },
  },
  {
    safeguard: 'it goes out once more whichever attempt made the tenant',
    patches: [
      recover(
        "? go('repeatLast', known)",
        "? (known.current ?? 0) < (known.row?.attempts.length ?? 0) - 1 ? recoverPassword(known, arguments[2]) : go('repeatLast', known)",
      ),
    ],
    theme: { calls: twoPayloads, budget: { running: 1 } },
  },
  {
    safeguard: 'the attempt that made the tenant becomes the current one',
    patches: [recover('{ ...learn(knowledge, owner), current: owner.attempt }', 'learn(knowledge, owner)')],
    theme: { calls: twoPayloads, budget: { freezes: 1, lost: 1 } },
  },
  {
    safeguard: 'a call that acquires an expired lease notes that an earlier create may have taken effect today',
    patches: [begin('...(knowledge.row?.lease ? { unansweredAt: now } : {})', '')],
    theme: { ...yesterday, budget: { outages: 1, days: 1, kills: 1, lags: 1 } },
  },
  {
    safeguard: 'the row notes that an unanswered create may have taken effect today',
    patches: [row('return knowledge.unanswered || knowledge.refused', 'return knowledge.refused')],
    theme: { ...yesterday, budget: { outages: 1, days: 1, lost: 1, lags: 1 } },
  },
  {
    safeguard: 'the row notes that a refused create may have taken effect today',
    patches: [row('return knowledge.unanswered || knowledge.refused', 'return knowledge.unanswered')],
    theme: { ...yesterday, budget: { outages: 1, days: 1, refusals: 1, lags: 2 } },
  },
  {
    safeguard: 'with the table down success is said only under a sure lease',
    patches: [move("leaseHolds && holds !== 'reset'", "holds !== 'reset'")],
    theme: { calls: twice, budget: { table: 1, freezes: 1 } },
  },
  {
    safeguard: 'with the table down no success is said after a reset',
    patches: [move("leaseHolds && holds !== 'reset'", 'leaseHolds')],
    theme: { calls: twice, budget: { table: 1, freezes: 1 } },
  },
  {
    safeguard: 'lost is said only by who holds the lease at that moment',
    patches: [steps('lose: compareAndSet({', 'lose: compareAndSet({ conflict: reportLost, unavailable: reportLost,')],
    theme: { calls: twice, budget: { freezes: 1 } },
  },
  {
    safeguard: 'a reset is on record before a password is set',
    patches: [recover("return go('beginReset', knowledge)", "return go('checkClock', knowledge)")],
    theme: { calls: twice, budget: { outages: 1 } },
  },
  {
    safeguard: 'the lease is checked right before a reset is sent',
    patches: [recover("return guarded('resetPassword',", "return go('resetPassword',")],
    theme: { calls: twice, budget: { lost: 1, freezes: 1 } },
  },
  {
    safeguard: 'a reset is sent only with more of the lease left than it may take to arrive',
    without: 'time for a reset',
    theme: { calls: twice, repeats: ['exists'], resets: ['possible'], budget: { lost: 1, freezes: 1 } },
  },
  {
    safeguard: 'a reset that was not answered keeps its lease',
    patches: [recover("return end('OutcomeUnknown', knowledge);", "return leave('OutcomeUnknown', knowledge);")],
    theme: { calls: twice, budget: { late: 1, lost: 1 } },
  },
  {
    safeguard: 'a reset that an earlier call began is not undone',
    patches: [recover("knowledge.resumedReset ? 'lose' : 'undoReset'", "'undoReset'")],
    theme: { calls: twice, budget: { kills: 1, lost: 1, forbids: 1 } },
  },
  {
    safeguard: 'a reset that is refused is undone',
    patches: [recover("knowledge.resumedReset ? 'lose' : 'undoReset'", "'lose'")],
    theme: { calls: twice, budget: { outages: 1 } },
  },
];
