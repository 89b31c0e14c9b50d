import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { errorCodes } from '../../shared/errors/error-codes.ts';
import { settingNames } from '../../shared/settings/setting-names.ts';
import { listFiles, read } from '../house/sources.ts';
import { pages, readAnchors, readLinks } from './page.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

/** Why a link of a page leads nowhere; nothing when it leads somewhere, or out of the repository. */
function findFault(page: string, link: string): string | undefined {
  if (/^(https?|mailto):/.test(link)) return undefined;
  const [path = '', anchor] = decodeURI(link).split('#');
  const file = path === '' ? page : posix.join(posix.dirname(page), path);
  if (file.startsWith('..') || !existsSync(`${root}/${file}`)) return `${link}: no such file`;
  if (anchor === undefined || !file.endsWith('.md')) return undefined;
  return readAnchors(file).includes(anchor) ? undefined : `${link}: no such heading`;
}

test.each(pages)('%s links to files and headings that exist', (page) => {
  expect(readLinks(page).flatMap((link) => findFault(page, link) ?? [])).toEqual([]);
});

test('a link that leads nowhere is found', () => {
  expect(findFault('docs/scale.md', '../README.md#errors')).toBeUndefined();
  expect(findFault('docs/scale.md', 'README.md')).toContain('no such file');
  expect(findFault('docs/scale.md', '../README.md#faults')).toContain('no such heading');
  expect(findFault('docs/scale.md', '#settings')).toContain('no such heading');
});

test('every page but the emulators’ is reached by links from the README', () => {
  const reached = new Set(['README.md']);
  for (const page of reached)
    for (const link of readLinks(page).filter((one) => /\.md(#|$)/.test(one)))
      reached.add(posix.join(posix.dirname(page), link.split('#')[0] ?? ''));
  expect(pages.filter((page) => !reached.has(page) && !/^(test|shared\/data)\//.test(page))).toEqual([]);
});

test('comments that point to a section of a page name one that exists', () => {
  const sources = listFiles().filter((path) => /\.(ts|bicep)$/.test(path) && !path.startsWith('test/documents/'));
  const pointers = sources.flatMap((path) =>
    [...read(path).matchAll(/\b((?:[\w-]+\/)*README(?:\.md)?|docs\/[\w-]+\.md), "([^"]+)"/g)].map(
      ([, page = '', section = '']) => ({ path, page: page.endsWith('.md') ? page : `${page}.md`, section }),
    ),
  );
  expect(pointers.length).toBeGreaterThan(3);
  const wrong = pointers.filter(({ page, section }) => !new RegExp(`^#+ ${section}$`, 'm').test(read(page)));
  expect(wrong).toEqual([]);
});

test.each(pages)('%s names commands that exist', (page) => {
  const named = [...read(page).matchAll(/\bnpm (?:run (?:-s )?)?([a-z][\w:-]*)/g)].map(([, name = '']) => name);
  const ofNpm = /^(ci|install|run|registry|test|start|audit|pack|i|scripts|packages)$/;
  expect(named.filter((name) => !ofNpm.test(name) && !(name in scripts))).toEqual([]);
});

test('the README fits on a page of 180 lines, and lists every setting and every error code', () => {
  const readme = read('README.md');
  expect(readme.split('\n').length - 1).toBeLessThanOrEqual(180);
  expect(settingNames.filter((name) => !readme.includes(name))).toEqual([]);
  expect(Object.keys(errorCodes).filter((code) => !readme.includes(code))).toEqual([]);
});
