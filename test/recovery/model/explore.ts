import { findViolation } from './judge.ts';
import { movesOf } from './moves.ts';
import { Seen } from './seen.ts';
import { findUnsettled } from './settle.ts';
import { noBudget, restingRun, type Budget, type Repeat, type Resets, type State } from './state.ts';
import { keyOf } from './state-key.ts';

/** A few onboarding calls and the faults that may occur during them. */
export interface Question {
  /** The payload of each call. */
  readonly calls: readonly string[];
  readonly repeat: Repeat;
  readonly resets: Resets;
  readonly budget: Partial<Budget>;
  /** Guarantees of the environment that are removed. */
  readonly without?: readonly string[];
}

export interface Limits {
  readonly most?: number;
  /** Finds the shortest path to a violation; uses more memory. */
  readonly shortest?: boolean;
}

export interface Verdict {
  readonly states: number;
  /** True when every state was visited. */
  readonly whole: boolean;
  readonly wrong?: string;
  readonly path: readonly string[];
}

interface Path {
  readonly label: string;
  readonly before: Path | undefined;
}

/** Explores every order of events that the budget allows, until one breaks a promise. */
export function explore(question: Question, { most = 3_000_000, shortest = false }: Limits = {}): Verdict {
  const first = begin(question);
  const seen = new Seen();
  seen.add(keyOf(first));
  let level: { state: State; path: Path | undefined }[] = [{ state: first, path: undefined }];
  let deeper: typeof level = shortest ? [] : level;
  for (;;) {
    const entry = level.pop();
    if (!entry) {
      if (deeper.length === 0) return { states: seen.size, whole: true, path: [] };
      [level, deeper] = [deeper, []];
      continue;
    }
    const { state, path } = entry;
    let rests = true;
    for (const { state: next, label } of movesOf(state)) {
      rests = false;
      const after = { label, before: path };
      const wrong = findViolation(next);
      if (wrong !== undefined) return verdict(seen.size, wrong, after);
      if (seen.add(keyOf(next))) deeper.push({ state: next, path: after });
    }
    const unsettled = rests ? findUnsettled(state) : undefined;
    if (unsettled !== undefined) return verdict(seen.size, unsettled, path);
    if (seen.size > most) return { states: seen.size, whole: false, path: [] };
  }
}

function begin({ calls, repeat, resets, budget, without = [] }: Question): State {
  const allowed = { ...noBudget, ...budget };
  return {
    repeat,
    resets,
    without: new Set(without),
    budget: allowed,
    tenant: undefined,
    stranger: false,
    refusals: [],
    running: undefined,
    faded: false,
    row: undefined,
    lease: 'none',
    versions: [],
    userNames: [false, false],
    flights: [],
    down: 'nothing',
    tableDown: false,
    day: 0,
    newest: 1,
    told: [],
    saidTaken: false,
    last: undefined,
    wrong: undefined,
    left: { ...allowed },
    runs: calls.map((payload) => restingRun(payload, 'idle')),
  };
}

function verdict(states: number, wrong: string, path: Path | undefined): Verdict {
  const labels: string[] = [];
  for (let place = path; place; place = place.before) labels.unshift(place.label);
  return { states, whole: false, wrong, path: labels };
}
