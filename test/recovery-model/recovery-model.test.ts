import { expect, test } from 'vitest';
import { explore } from './explore.ts';
import { describe as describeQuestion, needed, quickQuestions } from './questions.ts';
import type { Safeguard } from './record.ts';

test.each(quickQuestions.map((question) => [describeQuestion(question), question] as const))(
  'holds for %s',
  { timeout: 60_000 },
  (_name, question) => {
    const { whole, wrong, path } = explore(question);
    expect({ wrong, path, whole }).toEqual({ wrong: undefined, path: [], whole: true });
  },
);

test.each(Object.entries(needed) as [Safeguard, (typeof needed)[Safeguard]][])(
  'breaks a promise without the safeguard %s, and none with it in the first states',
  { timeout: 60_000 },
  (safeguard, question) => {
    expect(explore({ ...question, out: new Set([safeguard]) }).wrong).toEqual(expect.any(String));
    expect(explore({ ...question, most: 6_000 }).wrong).toBeUndefined();
  },
);
