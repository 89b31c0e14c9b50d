import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { read } from '../house/sources.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = read('CONTRIBUTING.md');
const [, section = ''] = page.split('\n## Where to change what\n');
const rows = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| \*\*(.+)\*\* \| (.+) \| (.+) \|$/gm)];

/** What is written like a path of the repository. */
const pathsIn = (text: string): string[] =>
  [...text.matchAll(/`([\w.-]+\/[\w./-]*|[\w.-]+\.(?:ts|json|md))`/g)].map(([, path = '']) => path);

test('CONTRIBUTING answers the questions that people ask', () => {
  const asked = [
    'An error code',
    'A country rule',
    'Another vault',
    'How long a caller waits',
    'Another stored secret',
    'The retry of a call',
    'A payload field',
    'An upstream call',
    'The log line',
    'A way to sign in',
    'An alert',
    'An answer field',
  ];
  expect(rows.map(([, change]) => change)).toEqual(expect.arrayContaining(asked));
});

test('CONTRIBUTING names files that exist', () => {
  const named = pathsIn(page);
  expect(named.length).toBeGreaterThan(60);
  expect(named.filter((path) => !existsSync(`${root}/${path}`))).toEqual([]);
});

test.each(rows.map(([, change = '', files = '', tests = '']) => ({ change, files, tests })))(
  'CONTRIBUTING names files and tests for: $change',
  ({ files, tests }) => {
    expect(pathsIn(files).filter((path) => !path.endsWith('.test.ts')).length).toBeGreaterThan(0);
    expect(pathsIn(tests).filter((path) => path.endsWith('.test.ts')).length).toBeGreaterThan(0);
  },
);
