import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { errorCodes } from '../../shared/errors/error-codes.ts';
import { settingNames } from '../../shared/settings/setting-names.ts';
import { listFiles, read } from './sources.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const documents = listFiles().filter((path) => path.endsWith('.md'));
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

/** The headings of a document, as the anchors that they make. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

test.each(documents)('%s links to files and headings that exist', (document) => {
  const links = [...read(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  const broken = links.filter((target) => {
    if (/^(https?|mailto):/.test(target)) return false;
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? document : new URL(path, `file:///${document}`).pathname.slice(1);
    if (!existsSync(`${root}/${file}`)) return true;
    return anchor !== undefined && file.endsWith('.md') && !anchorsOf(read(file)).includes(anchor);
  });
  expect(broken).toEqual([]);
});

test.each(documents)('%s names commands that exist', (document) => {
  const named = [...read(document).matchAll(/\bnpm (?:run )?([a-z][\w:-]*)/g)].map(([, name = '']) => name);
  const builtIn = new Set([
    'ci',
    'install',
    'run',
    'registry',
    'test',
    'start',
    'audit',
    'pack',
    'i',
    'scripts',
    'packages',
  ]);
  expect(named.filter((name) => !builtIn.has(name) && !(name in scripts))).toEqual([]);
});

test('the README lists every setting and every error code', () => {
  const readme = read('README.md');
  expect(settingNames.filter((name) => !readme.includes(name))).toEqual([]);
  expect(Object.keys(errorCodes).filter((code) => !readme.includes(code))).toEqual([]);
});
