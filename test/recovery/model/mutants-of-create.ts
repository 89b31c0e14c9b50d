import { inFile, type ModelMutant } from './mutant.ts';
import { callOnce, twice } from './questions.ts';

const create = inFile('create');
const move = inFile('move');

/** How a call handles an answered or unanswered create. */
export const mutantsOfCreate: readonly ModelMutant[] = [
  {
    safeguard: 'a refusal is believed after a probe',
    patches: [create("return go('confirmRefusal',", "return go('refuse',")],
    theme: { calls: callOnce, budget: { refusals: 1 } },
  },
  {
    safeguard: '"exists" means a stranger only where this create was answered at once',
    patches: [create('const unanswered = { ...known, onlyCreate: false,', 'const unanswered = { ...known,')],
    theme: { calls: callOnce, budget: { lost: 1, lags: 1 } },
  },
  {
    safeguard: 'the password is stored before anything is written about it',
    patches: [
      move(
        "return guarded('storePassword', { ...knowledge, holds, ...(heldFor === undefined ? {} : { heldFor }) }, facts);",
        "return go('complete', { ...knowledge, holds, stored: { vault: '0', userNameVersion: '0', passwordVersion: '0' } });",
      ),
    ],
    theme: { calls: callOnce, budget: {} },
  },
  {
    safeguard: 'the lease is checked right before a password is stored',
    patches: [move("return guarded('storePassword',", "return go('storePassword',")],
    theme: { calls: twice, budget: { freezes: 1 } },
  },
  {
    safeguard: 'the user name lies beside the password',
    patches: [move("stored.userNameVersion === undefined ? 'addUserName' : 'complete'", "'complete'")],
    theme: { calls: callOnce, budget: { outages: 1 } },
  },
  {
    safeguard: 'a copy in memory is offered until it is stored',
    patches: [
      create(
        "if (answer === 'unavailable') return go('held', knowledge);",
        "return end('CredentialsNotStored', knowledge);",
      ),
    ],
    theme: { calls: callOnce, budget: { outages: 1 } },
  },
  {
    safeguard: 'a copy in memory waits for a reset in progress',
    patches: [
      create(
        "if (row.state === 'Succeeded') return",
        "if (row.state === 'Succeeded' || row.state === 'Resetting') return",
      ),
    ],
    theme: { calls: twice, budget: { freezes: 1 } },
  },
  {
    safeguard: 'a copy in memory takes the row before it is stored',
    patches: [
      create("if (facts.leaseHolds) return go('storePassword', knowledge);", "return go('storePassword', knowledge);"),
    ],
    theme: { calls: twice, budget: { freezes: 1 } },
  },
];
