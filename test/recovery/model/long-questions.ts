import { modelMutants } from './mutants.ts';
import { describeQuestion, mixed, questionsOf, twice, twoPayloads, yesterday, type Theme } from './questions.ts';
import type { Question } from './explore.ts';

/** Questions that take minutes. */
const longThemes: readonly Theme[] = [
  { calls: twice, budget: { kills: 1, lost: 1, freezes: 1 } },
  { calls: twice, budget: { kills: 1, lost: 1, late: 1 } },
  { calls: twice, budget: { kills: 1, lost: 1, outages: 1 } },
  { calls: twice, budget: { kills: 2, lost: 1, forbids: 1 } },
  { calls: twice, budget: { late: 1, freezes: 1, lags: 1 } },
  { calls: twice, budget: { table: 1, late: 1, freezes: 1 } },
  { calls: twice, budget: { outages: 1, table: 1, forbids: 1 } },
  { calls: twice, budget: { refusals: 2, lost: 1, lags: 1 } },
  { calls: twoPayloads, budget: { refusals: 1, lost: 1, lags: 1, strangers: 1 } },
  { calls: twoPayloads, budget: { refusals: 1, running: 1, lost: 1, lags: 1 } },
  { calls: twoPayloads, budget: { flips: 2, lost: 1, outages: 1 } },
  { calls: mixed, budget: { running: 1, lost: 1 } },
  { calls: mixed, budget: { kills: 1, freezes: 1, lags: 1 } },
  { ...yesterday, budget: { outages: 1, days: 1, lost: 1, lags: 1 } },
  { ...yesterday, calls: mixed, budget: { outages: 1, days: 1, kills: 1, lags: 1 } },
  { calls: twice, budget: { days: 1, kills: 1, lost: 1, lags: 1 } },
];

/** The large questions, and those that prove that a safeguard is needed: with it every promise holds. */
export const longQuestions: readonly Question[] = [
  ...new Map(
    [...longThemes, ...modelMutants.map(({ theme }) => theme)]
      .flatMap(questionsOf)
      .map((question) => [describeQuestion(question), question]),
  ).values(),
];
