import { expect, test } from 'vitest';
import { errorCodes } from '../../shared/errors/error-codes.ts';
import { listFiles, listSources, read } from './sources.ts';

const files = listFiles();
const sources = listSources();
const code = sources.filter((path) => /^(functions|shared|commands|test)\//.test(path));
const own = new Set(['test/house/rules.test.ts']);

function holding(pattern: RegExp, among = code): string[] {
  return among.filter((path) => !own.has(path) && pattern.test(read(path)));
}

test('keeps every source at 150 lines or fewer', () => {
  const long = sources.map((path) => ({ path, lines: read(path).split('\n').length - 1 }));
  expect(long.filter(({ lines }) => lines > 150)).toEqual([]);
});

test('names files in kebab-case, and none a helper, manager, service or utility', () => {
  const names = code.map((path) => path.split('/').at(-1) ?? '');
  expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)+$/.test(name))).toEqual([]);
  expect(code.filter((path) => /(^|[/-])(utils?|helpers?|manager|service)([-./]|$)/.test(path))).toEqual([]);
});

test('fakes no module, and skips or singles out no test', () => {
  expect(holding(/\bvi\s*\.\s*(mock|doMock|hoisted)\b/)).toEqual([]);
  expect(holding(/\b(test|it|describe|suite)\s*\.\s*(skip|only|todo|fails|skipIf|runIf)\b/)).toEqual([]);
});

test('writes titles of tests as sentences', () => {
  const titles = code
    .filter((path) => path.endsWith('.test.ts'))
    .flatMap((path) => [...read(path).matchAll(/\n\s*(?:test|it)\(\s*'([^']+)'/g)].map(([, title = '']) => title));
  expect(titles.length).toBeGreaterThan(100);
  expect(titles.filter((title) => title.trim().split(/\s+/).length < 3)).toEqual([]);
});

test('uses no enum, no namespace, no suppression and no default export', () => {
  expect(holding(/@ts-(ignore|nocheck|expect-error)|eslint-disable|oxlint-disable/)).toEqual([]);
  expect(holding(/^(export )?(const )?enum |^(export )?namespace /m)).toEqual([]);
  expect(
    holding(
      /^export default/m,
      code.filter((path) => !path.endsWith('.d.cts')),
    ),
  ).toEqual([]);
});

test('keeps no work to be done later in the sources', () => {
  expect(holding(/\b(TODO|FIXME|XXX|HACK)\b/)).toEqual([]);
});

test('keeps registry addresses out of the lockfile', () => {
  const lock = read('package-lock.json');
  expect(lock).not.toContain('"resolved"');
  expect(lock).not.toMatch(/https?:\/\/[^"]*registry/);
});

test('pins every dependency to one version', () => {
  const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
  const { dependencies, devDependencies, optionalDependencies } = manifest;
  const versions = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test('names no path of a machine', () => {
  const texts = files.filter((path) => !/\.(png|ico|zip)$/.test(path) && !own.has(path));
  expect(texts.filter((path) => /(?<![\w.:/-])\/(home|Users|work|tmp|root|mnt)\/\w/.test(read(path)))).toEqual([]);
  expect(texts.filter((path) => /\b[A-Z]:\\Users\\/.test(read(path)))).toEqual([]);
});

test('keeps no secret in a file', () => {
  const texts = files.filter((path) => !/\.(png|ico|zip)$/.test(path) && !own.has(path));
  const secret =
    /-----BEGIN [A-Z ]*PRIVATE KEY-----\s*[A-Za-z0-9+/]{20}|\beyJ[\w-]{20,}\.eyJ[\w-]{20,}\.|\b[\w~.-]{3}8Q~[\w~.-]{31,34}\b/;
  expect(texts.filter((path) => secret.test(read(path)))).toEqual([]);
});

test('keeps build output out of the repository', () => {
  expect(files.filter((path) => /^(dist|release|node_modules)\//.test(path))).toEqual([]);
});

test('meets every error code in a test', () => {
  const tests = code.filter((path) => path.endsWith('.test.ts') && !path.startsWith('test/house/')).map(read);
  expect(Object.keys(errorCodes).filter((name) => !tests.some((text) => text.includes(name)))).toEqual([]);
});
