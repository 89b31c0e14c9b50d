import { beforeAll, expect, test } from 'vitest';
import { explore } from './explore.ts';
import { drawWorkflow, forgetMoves, readPage, writePage } from './workflow-page.ts';
import { describeTheme, questionsOf, quickThemes } from './questions.ts';

beforeAll(forgetMoves);

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

// `WRITE_PAGES=yes npx vitest run test/recovery/model` writes it.
test('lists the steps on the onboarding page as the model observed them', () => {
  const drawn = drawWorkflow();
  if (process.env['WRITE_PAGES'] === 'yes') writePage(drawn);
  expect(readPage()).toBe(drawn);
});
