import { Move, type Next } from './move.ts';
import type { Rules } from './record.ts';
import { create } from './steps-create.ts';
import { steps } from './steps.ts';
import { copy, noBudget, rest, underWay, type Budget, type Replay, type State } from './state.ts';
import { findWrong, isSettled } from './judge-state.ts';

export interface Question {
  /** One payload and one instance for each call. */
  readonly calls: readonly { readonly payload: number; readonly instance: number }[];
  readonly replay: Replay;
  /** Whether passwords can be reset: App+User and GDAP. */
  readonly reset: boolean;
  readonly budget: Partial<Budget>;
  readonly out?: Rules;
  readonly most?: number;
}

export interface Verdict {
  readonly states: number;
  /** True when every state was looked at. */
  readonly whole: boolean;
  readonly wrong: string | undefined;
  readonly path: readonly string[];
}

/** Looks at every order of events that the budget allows, until one breaks a promise. */
export function explore(question: Question): Verdict {
  const { calls, replay, reset, budget, out = new Set(), most = 3_000_000 } = question;
  const empty = { at: 'idle', id: '', of: 0, owner: '', turn: 0, password: 0, version: 0, tries: 0, notes: [] };
  const first: State = {
    replay,
    reset,
    tenant: undefined,
    stranger: false,
    memory: {},
    events: [],
    stored: [],
    late: [],
    runs: calls.map((call) => ({ ...call, ...empty })),
    down: -1,
    passwords: 0,
    answers: [],
    left: { ...noBudget, ...budget },
  };
  const seen = new Set([JSON.stringify(first)]);
  const stack: { state: State; path: Path | undefined }[] = [{ state: first, path: undefined }];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { state, path } = top;
    const nexts = listNexts(state, out);
    if (nexts.length === 0 && !settles(state, out)) return verdict(seen.size, 'never settles', path);
    for (const { state: next, label, wrong } of nexts) {
      const after = { label, before: path };
      const found = wrong ?? findWrong(next);
      if (found !== undefined) return verdict(seen.size, found, after);
      const key = JSON.stringify(next);
      if (seen.has(key)) continue;
      seen.add(key);
      stack.push({ state: next, path: after });
    }
    if (seen.size > most) return { states: seen.size, whole: false, wrong: undefined, path: [] };
  }
  return { states: seen.size, whole: true, wrong: undefined, path: [] };
}

interface Path {
  readonly label: string;
  readonly before: Path | undefined;
}

function verdict(states: number, wrong: string, path: Path | undefined): Verdict {
  const labels: string[] = [];
  for (let place = path; place; place = place.before) labels.unshift(place.label);
  return { states, whole: false, wrong, path: labels };
}

function listNexts(state: State, out: Rules): Next[] {
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

function stepOf(state: State, index: number, out: Rules): Next[] {
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

/** When everything rests and nothing goes wrong any more, callers who come again are told how it ended. */
function settles(state: State, out: Rules): boolean {
  let now = copy(state);
  Object.assign(now, { late: [], down: -1, left: { ...noBudget } });
  for (let called = 0; called < 5; called++) {
    now.runs.push({
      payload: now.runs[0]?.payload ?? 0,
      instance: 90 + called,
      at: 'read',
      id: '',
      of: 0,
      owner: '',
      turn: 0,
      password: 0,
      version: 0,
      tries: 0,
      notes: [],
    });
    const index = now.runs.length - 1;
    for (let step = 0; step < 60 && now.runs[index]?.at !== 'done'; step++) {
      const [next] = stepOf(now, index, out);
      if (!next || next.wrong !== undefined || findWrong(next.state) !== undefined) return false;
      now = next.state;
      if (next.answer === 'conflict') return true;
    }
    if (isSettled(now)) return true;
  }
  return false;
}
