import type { Question } from './explore.ts';
import type { Safeguard } from './record.ts';
import type { Budget } from './state.ts';

const oneCallEach = [
  { payload: 1, instance: 0 },
  { payload: 1, instance: 1 },
];
const otherPayload = [
  { payload: 1, instance: 0 },
  { payload: 2, instance: 1 },
];
const comesBack = [...oneCallEach, { payload: 1, instance: 0 }];

type Calls = Question['calls'];

/** One question for each kind of answer to a repeat, with and without a way to reset passwords. */
function ask(calls: Calls, budget: Partial<Budget>): Question[] {
  return (['same', 'without-password', 'exists'] as const).flatMap((replay) =>
    [false, true].map((reset): Question => ({ calls, replay, reset, budget })),
  );
}

/** What can be looked at whole in seconds. */
export const quickQuestions: readonly Question[] = [
  ...ask(oneCallEach, { kills: 1, lostAnswers: 1, busy: 1 }),
  ...ask(oneCallEach, { freezes: 1, lostAnswers: 1 }),
  ...ask(otherPayload, { lostAnswers: 1, refusals: 1, strangers: 1 }),
  ...ask(oneCallEach, { lateArrivals: 1, refusals: 1, lags: 1 }),
];

/** What takes minutes. */
export const longQuestions: readonly Question[] = [
  ...ask(comesBack, { kills: 1, lostAnswers: 1, lateArrivals: 1 }),
  ...ask(comesBack, { lostAnswers: 1, lateArrivals: 1, refusals: 1 }),
  ...ask(oneCallEach, { lostAnswers: 1, outages: 1, busy: 1, lags: 1, freezes: 1 }),
  ...ask(oneCallEach, { kills: 1, lostAnswers: 2, outages: 1 }),
  ...ask(otherPayload, { kills: 1, lostAnswers: 1, refusals: 1, strangers: 1, outages: 1 }),
  ...ask([...otherPayload, { payload: 1, instance: 2 }], { lostAnswers: 1, busy: 1 }),
];

/** For each safeguard a question that the rules without it answer wrongly. */
export const needed: Readonly<Record<Safeguard, Question>> = {
  lease: aim({ lostAnswers: 1, busy: 1 }),
  listAfterClaim: aim({ lostAnswers: 1, busy: 1 }),
  listAfterJoin: aim({ lostAnswers: 1, busy: 1 }),
  pendingTag: aim({ lostAnswers: 1, busy: 1 }),
  storeFirst: aim({}),
  startedFirst: aim({}),
  refusalOfOwner: aim({ refusals: 1, lags: 1, lostAnswers: 1 }, { replay: 'exists' }),
  wholeRecord: aim({ outages: 1, lostAnswers: 1, kills: 1 }),
  secondList: aim({}),
  ownClaims: aim({ lostAnswers: 1, lateArrivals: 1 }, { calls: comesBack, replay: 'without-password' }),
  releaseLate: aim({ lostAnswers: 1, busy: 1 }),
  lookWhenLate: aim({ freezes: 1, lostAnswers: 1 }, { replay: 'without-password' }),
  probeRefusal: aim({ refusals: 1 }),
  soleRule: aim({ lags: 1, lostAnswers: 1 }, { replay: 'exists' }),
  othersLoss: aim({ lostAnswers: 1, kills: 1 }, { calls: otherPayload, reset: false }),
  lastRepeat: aim({ lostAnswers: 1, busy: 1 }, { reset: false }),
  pendingFirst: aim({ freezes: 1, lostAnswers: 1 }, { replay: 'without-password' }),
  derivedId: aim({ kills: 1 }, { reset: false }),
  slowStart: aim({ lostAnswers: 1, busy: 1 }),
};

function aim(budget: Partial<Budget>, facts: Partial<Question> = {}): Question {
  return { calls: oneCallEach, replay: 'same', reset: true, budget, ...facts };
}

/** A question in a few words. */
export function describe({ calls, replay, reset, budget }: Question): string {
  const mishaps = Object.entries(budget).map(([kind, count]) => `${count} ${kind}`);
  const who = calls.map(({ payload, instance }) => `${payload === 1 ? 'A' : 'B'}${instance}`).join(' ');
  return `calls ${who}, repeats ${replay}, ${reset ? 'reset' : 'no reset'}, ${mishaps.join(', ')}`;
}
