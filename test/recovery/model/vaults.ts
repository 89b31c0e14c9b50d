import { move, type Act, type Next } from './advance.ts';
import { lossy } from './lossy.ts';
import { findTarget, storedAt, versionOf } from './outside.ts';
import { runOf, type State } from './state.ts';

/** Stores the user name in the first vault that accepts it. */
export function* storeUserName(state: State, index: number): Generator<Next> {
  const vault = findTarget(state);
  if (vault === undefined) yield move(state, index, () => false);
  else yield* lossy(state, index, (next) => putUserName(next, vault), false);
}

/** Stores the user name in the vault that has the password, or not at all. */
export function* addUserName(state: State, index: number): Generator<Next> {
  const { stored } = runOf(state, index).knowledge;
  const vault = Number(stored?.vault);
  const takesWrites = findTarget(state) !== undefined && state.down !== (vault === 0 ? 'first' : 'second');
  const add: Act = (next) => {
    putUserName(next, vault);
    return storedAt(next, Number(stored?.passwordVersion));
  };
  if (takesWrites) yield* lossy(state, index, add, undefined);
  else yield move(state, index, () => undefined, 'no vault');
}

/** Stores the password that a call holds as a new version in the first vault that accepts it. */
export function* storePassword(state: State, index: number): Generator<Next> {
  const store: Act = (next, run) => {
    next.versions = [...next.versions, versionOf(next, run)];
    return storedAt(next, next.versions.length - 1);
  };
  if (findTarget(state) === undefined) yield move(state, index, () => undefined, 'no vault');
  else yield* lossy(state, index, store, undefined);
}

export function putUserName(state: State, vault: number): true {
  state.userNames = state.userNames.with(vault, true);
  return true;
}
