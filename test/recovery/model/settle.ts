import { answersOf } from './answers.ts';
import { findViolation, isStored } from './judge.ts';
import { copy, noBudget, restingRun, runOf, type State } from './state.ts';

const settled = ['Succeeded', 'AlreadyOnboarded', 'DomainTaken', 'CredentialsLost'];

/** Checks that once everything is idle and no fault occurs, a caller who repeats gets the final outcome; returns the violation otherwise. */
export function findUnsettled(state: State): string | undefined {
  const calm = (['kills', 'lost', 'late', 'freezes', 'table'] as const).every(
    (kind) => state.left[kind] === state.budget[kind],
  );
  const holds = state.runs.some(({ at, password }) => at === 'held' && password === state.tenant?.password);
  if (calm && holds) return 'a living process keeps the only copy for ever';
  for (const payload of new Set(state.runs.map((run) => run.payload))) {
    const wrong = callAgain(state, payload);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function callAgain(resting: State, payload: string): string | undefined {
  let state = copy(resting);
  Object.assign(state, { left: { ...noBudget }, down: 'nothing', tableDown: false, last: undefined });
  for (let call = 0; call < 6 && !isSettled(state); call++) {
    const index = state.runs.length;
    state.runs = [...state.runs, restingRun(payload, 'idle')];
    if (state.lease === 'running') state.lease = 'expired';
    for (let step = 0; step < 60 && runOf(state, index).at !== 'ended'; step++) {
      const [next] = answersOf(state, index);
      if (next) ({ state } = next);
      const wrong = findViolation(state);
      if (wrong !== undefined) return `while settling ${payload}: ${wrong}`;
    }
  }
  if (!isSettled(state)) return `never settles for ${payload}: ${state.last}`;
  const lost = state.last === 'CredentialsLost' && state.row?.state !== 'Resetting';
  return lost && isStored(state) ? 'stays lost although stored' : undefined;
}

function isSettled({ last }: State): boolean {
  return last !== undefined && settled.includes(last);
}
