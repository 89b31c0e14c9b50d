import { expect, test } from 'vitest';
import { explore } from './explore.ts';
import { describeTheme, questionsOf, quickThemes } from './questions.ts';

test.each(quickThemes.map((theme) => [describeTheme(theme), theme] as const))(
  'keeps every promise in every order of %s',
  { timeout: 60_000 },
  (_name, theme) => {
    for (const question of questionsOf(theme)) {
      const { whole, wrong, path } = explore(question);
      expect({ question, whole, wrong, path }).toEqual({ question, whole: true, wrong: undefined, path: [] });
    }
  },
);
