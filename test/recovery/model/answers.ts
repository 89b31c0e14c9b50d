import { move, stepOf, type Act, type Next } from './advance.ts';
import { changeRow } from './change-row.ts';
import { findCredentials } from './outside.ts';
import { findAdministrator, findOwner, giveUp, probe, resetPassword, sendCreate } from './partner-center.ts';
import { runOf, type State } from './state.ts';
import { addUserName, storePassword, storeUserName } from './vaults.ts';

/** Every possible answer to the current request of a call; the first is the one without a fault. */
export function answersOf(state: State, index: number): Iterable<Next> {
  const run = runOf(state, index);
  if (run.at === 'ended') return [];
  if (run.waiting) return [giveUp(state, index)];
  const { effect } = stepOf(run);
  switch (effect) {
    case 'readRow': {
      const next = move(state, index, readRow);
      // A held copy that keeps waiting has not made a move.
      return run.at === 'held' && runOf(next.state, index).at === 'held' ? [] : [next];
    }
    case 'compareAndSet':
      return changeRow(state, index);
    case 'findCredentials':
      return [move(state, index, (next, { knowledge }) => findCredentials(next, knowledge))];
    case 'check':
    case 'probe':
      return probe(state, index, effect);
    case 'storeUserName':
      return storeUserName(state, index);
    case 'create':
      return sendCreate(state, index);
    case 'lookUp':
      return findOwner(state, index);
    case 'storePassword':
      return storePassword(state, index);
    case 'addUserName':
      return addUserName(state, index);
    case 'findAdministrator':
      return findAdministrator(state, index);
    case 'resetPassword':
      return resetPassword(state, index);
    default:
      return [move(state, index, () => undefined, '')];
  }
}

const readRow: Act = (state, run) => {
  if (state.tableDown) return 'unavailable';
  run.fresh = true;
  return { row: state.row, lease: state.lease };
};
