import { inFile, type ModelMutant } from './mutant.ts';
import { callOnce, twice, twoPayloads } from './questions.ts';

const begin = inFile('begin');
const move = inFile('move');

/** What a call checks before it creates anything, in which order, and how it records an attempt. */
export const mutantsBeforeCreate: readonly ModelMutant[] = [
  {
    safeguard: 'the row is changed by compare-and-set',
    without: 'compare-and-set',
    theme: { calls: twice, budget: {} },
  },
  {
    safeguard: 'a lease that runs is respected',
    patches: [begin("if (lease !== 'running') return", 'if (true) return')],
    theme: { calls: twice, budget: {} },
  },
  {
    safeguard: '"no row, domain taken" is read once more after the probe',
    patches: [begin("return go('read', { ...knowledge, probed: true })", "return end('DomainTaken', knowledge)")],
    theme: { calls: twice, budget: {} },
  },
  {
    safeguard: 'a vault takes the user name before the create',
    patches: [
      begin("return go('storeUserName', {", "return go('create', {"),
      begin("userName ? 'create' : 'storeUserName'", "'create'"),
    ],
    theme: { calls: callOnce, budget: {} },
  },
  {
    safeguard: 'a vault takes the user name before a create that is repeated under an acquired lease',
    patches: [begin("userName ? 'create' : 'storeUserName'", "'create'")],
    theme: { calls: twice, budget: { kills: 1 } },
  },
  {
    safeguard: 'stored credentials are looked for before anything is repeated',
    patches: [begin("return go('findStored', knowledge)", "return go('check', knowledge)")],
    theme: { calls: twice, budget: { kills: 1 } },
  },
  {
    safeguard: 'they are looked for in every vault',
    patches: [begin('if (!everyVault) return', 'if (false) return')],
    theme: { calls: twice, budget: { lost: 1, outages: 1, forbids: 1 } },
  },
  {
    safeguard: 'the row keeps all attempts',
    patches: [
      begin(
        '[...earlier.slice(1 - mostAttempts), attempt((earlier.at(-1)?.number ?? 0) + 1)]',
        '[attempt((earlier.at(-1)?.number ?? 0) + 1)]',
      ),
    ],
    theme: { calls: twoPayloads, budget: { freezes: 1 } },
  },
  {
    safeguard: 'every attempt has an idempotency key of its own',
    patches: [begin('attempt((earlier.at(-1)?.number ?? 0) + 1)', 'attempt(1)')],
    theme: { calls: callOnce, budget: { refusals: 1 } },
  },
  {
    safeguard: '"exists" means a stranger only where every earlier attempt met one',
    patches: [begin('attempts.slice(0, current).every(({ endedTaken }) => endedTaken === true)', 'true')],
    theme: { calls: twoPayloads, budget: { freezes: 1, lags: 1 } },
  },
  {
    safeguard: 'a tenant whose create was refused is not taken for that of a stranger',
    patches: [begin("row.taken ? 'markTaken' : 'lookUp'", "'markTaken'")],
    theme: { calls: twice, budget: { refusals: 1, lags: 1 } },
  },
  {
    safeguard: 'a conflict forgets everything learnt before it',
    patches: [
      move('export function again({ fingerprint, sent }: Knowledge)', 'export function again(knowledge: Knowledge)'),
      move('{ fingerprint, ...(sent ? { sent } : {}) }', 'knowledge'),
    ],
    theme: { calls: twice, budget: { running: 1, lost: 1, freezes: 1, lags: 1 } },
  },
];
