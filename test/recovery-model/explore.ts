import type { Rules } from './record.ts';
import { listNexts, stepOf } from './list-nexts.ts';
import { copy, noBudget, type Budget, type Replay, type State } from './state.ts';
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
