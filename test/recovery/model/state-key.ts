import type { Run, State } from './state.ts';

const numbers = new Map<string, number>();
const known = new WeakMap<object, number>();

/** Equal values have equal numbers. Rows and knowledge are immutable, so each is serialized only once. */
function numberOf(value: object | undefined): number {
  if (!value) return 0;
  const before = known.get(value);
  if (before !== undefined) return before;
  const text = JSON.stringify(value, sortFields);
  const number = numbers.get(text) ?? numbers.size + 1;
  numbers.set(text, number);
  known.set(value, number);
  return number;
}

// On the first day an unanswered create makes no difference.
function sortFields(key: string, value: unknown): unknown {
  if (key === 'unansweredAt' && value === 0) return undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The same key for states that differ only in the numbering of their calls. */
export function keyOf(state: State): string {
  const { row, flights, runs, left, budget: _budget, without: _without, repeat: _repeat, last: _last, ...rest } = state;
  const calls = runs.filter(({ at }) => at !== 'ended').map(callKey);
  const late = flights.map((flight) => (flight.kind === 'row' ? [numberOf(flight.row), flight.lease] : flight));
  return JSON.stringify([Object.values(rest), numberOf(row), Object.values(left), late, calls.sort()]);
}

function callKey({ payload: _payload, knowledge, ...rest }: Run): string {
  return Object.values(rest).join() + numberOf(knowledge);
}
