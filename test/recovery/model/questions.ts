import type { Question } from './explore.ts';
import type { Budget, Repeat, Resets } from './state.ts';

/** Calls and a budget of faults. Explored for every behaviour of Partner Center unless a question names some. */
export interface Theme {
  readonly calls: readonly string[];
  readonly budget: Partial<Budget>;
  readonly repeats?: readonly Repeat[];
  readonly resets?: readonly Resets[];
}

export const callOnce = ['A'];
export const twice = ['A', 'A'];
export const twoPayloads = ['A', 'B'];
export const mixed = ['A', 'A', 'B'];

/** An attempt of yesterday whose create is sent today and then looked up; each step may fail once. */
export const yesterday = { calls: ['A', 'A', 'A'], repeats: ['exists'], resets: ['impossible'] } as const;

/** Questions that can be explored completely in seconds. */
export const quickThemes: readonly Theme[] = [
  { calls: twice, budget: { kills: 1, lost: 1 } },
  { calls: twice, budget: { freezes: 1, lags: 1 } },
  { calls: twice, budget: { outages: 1 } },
  { calls: twice, budget: { table: 1, freezes: 1 } },
  { calls: twice, budget: { late: 1, forbids: 1 } },
  { calls: twoPayloads, budget: { refusals: 1, lags: 1, strangers: 1 } },
  { calls: twoPayloads, budget: { running: 1, flips: 1 } },
  { calls: twoPayloads, budget: { days: 1, kills: 1, lags: 1 } },
];

/** The questions of a theme, one for each behaviour of Partner Center. */
export function questionsOf({ calls, budget, repeats, resets }: Theme): Question[] {
  const ways = repeats ?? (['same', 'noPassword', 'exists', 'fades'] as const);
  const accounts = resets ?? (['impossible', 'possible', 'forbidden'] as const);
  return ways.flatMap((repeat) => accounts.map((account): Question => ({ calls, repeat, resets: account, budget })));
}

/** A theme in a few words. */
export function describeTheme({ calls, budget }: Pick<Theme, 'calls' | 'budget'>): string {
  const mishaps = Object.entries(budget).map(([kind, count]) => `${count} ${kind}`);
  return `calls ${calls.join(' ')}${mishaps.length > 0 ? ` with ${mishaps.join(', ')}` : ''}`;
}

/** A question in a few words. */
export function describeQuestion(question: Question): string {
  return `${describeTheme(question)}, repeats ${question.repeat}, resets ${question.resets}`;
}
