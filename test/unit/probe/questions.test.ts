import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { questions } from '../../../commands/probe/questions.ts';

const meanings = questions.flatMap(({ id, answers }) =>
  Object.entries(answers).map(([answer, meaning]) => [`${id}: ${answer}`, meaning] as const),
);
const settings = readFileSync('shared/settings/settings.ts', 'utf8');

test('names a place to change for every answer that breaks an assumption, and none for one that confirms it', () => {
  const wrong = meanings.filter(
    ([, { verdict, change }]) =>
      (verdict === 'breaks' && change === undefined) || (verdict === 'confirms' && change !== undefined),
  );
  expect(wrong.map(([name]) => name)).toEqual([]);
});

test.each(meanings.filter(([, { change }]) => change !== undefined))(
  'names settings and places in the code that exist: %s',
  (_name, { change = '' }) => {
    const named = [...change.matchAll(/\b([A-Z]+(?:_[A-Z]+)+)\b/g)].map(([name]) => name);
    const places = [...change.matchAll(/(\w+) in (shared\/[\w/-]+\.ts)/g)];
    expect(named.length + places.length).toBeGreaterThan(0);
    for (const setting of named) expect(settings).toContain(`'${setting}'`);
    for (const [, what = '', file = ''] of places) {
      expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`\\b${what}\\b`));
    }
  },
);

test('asks about the first customer before it creates another', () => {
  const lastAboutFirst = questions.findLastIndex(({ aboutFirst }) => aboutFirst);
  const firstOther = questions.findIndex(({ creates, aboutFirst }) => creates > 0 && !aboutFirst);
  expect(lastAboutFirst).toBeLessThan(firstOther);
});
