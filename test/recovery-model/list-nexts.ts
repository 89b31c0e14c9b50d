import { Move, type Next } from './move.ts';
import type { Rules } from './record.ts';
import { copy, rest, underWay, type State } from './state.ts';
import { create } from './steps-create.ts';
import { steps } from './steps.ts';

/** Every state that may follow: each run's next step or its death, and what the world does by itself. */
export function listNexts(state: State, out: Rules): Next[] {
  const nexts = state.runs.flatMap((run, index) => [
    ...stepOf(state, index, out),
    ...(isLive(run.at) ? kill(state, index) : []),
  ]);
  const world = (label: string, change: (next: State) => void): void => {
    const next = copy(state);
    change(next);
    nexts.push({ state: next, label });
  };
  if (state.down >= 0) world('vault back', (next) => (next.down = -1));
  else if (state.left.outages > 0 && underWay(state).length > 0) {
    for (const vault of [0, 1]) {
      world(`vault ${vault} down`, (next) => {
        next.down = vault;
        next.left.outages -= 1;
      });
    }
  }
  if (state.left.strangers > 0 && !state.tenant) {
    world('stranger', (next) => {
      next.stranger = true;
      next.left.strangers -= 1;
    });
  }
  state.late.forEach((late, index) =>
    world(`late ${late.what}`, (next) => {
      next.late.splice(index, 1);
      if (late.what === 'create') create(next, late.run, late);
      else if (next.tenant) next.tenant.password = late.password;
    }),
  );
  return nexts;
}

const isLive = (at: string): boolean => !['idle', 'done', 'dead'].includes(at);

/** What one run may do next. */
export function stepOf(state: State, index: number, out: Rules): Next[] {
  const run = state.runs[index];
  if (!run || run.at === 'done' || run.at === 'dead') return [];
  // Calls to one instance share a run, so one begins when the other has ended.
  const busy = state.runs.some((other) => other !== run && other.instance === run.instance && isLive(other.at));
  const move = new Move(state, index, out);
  if (run.at !== 'idle') steps[run.at]?.(move);
  else if (!busy) move.at('read');
  return move.nexts;
}

function kill(state: State, index: number): Next[] {
  if (state.left.kills === 0) return [];
  const next = copy(state);
  next.left.kills -= 1;
  rest(next, index, 'dead');
  return [{ state: next, label: `${index} KILLED at ${state.runs[index]?.at}` }];
}
