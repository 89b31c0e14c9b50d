import { builtinModules } from 'node:module';
import { expect, test } from 'vitest';
import { importsOf, listSources, read } from './sources.ts';

/** From left to right: a file may import its own layer, those to the right of it, and leaves. */
const layers = [
  'functions/',
  'shared/http/',
  'shared/onboarding/',
  'shared/customer/',
  'shared/record/',
  'shared/credentials/',
  'shared/partner-center/',
  'shared/key-vault/',
  'shared/table-storage/',
  'shared/network/',
];
/** Leaves: anything may import them, and they import each other at the most. */
const leaves = ['errors', 'settings', 'log', 'data', 'schema', 'open-api'].map((name) => `shared/${name}/`);

const sources = listSources();
const product = sources.filter((path) => /^(functions|shared)\//.test(path));

function layerOf(path: string): string | undefined {
  return [...layers, ...leaves].find((layer) => path.startsWith(layer));
}

function isAllowed(from: string, to: string): boolean {
  if (to === 'package.json') return true;
  const [layer = '', target = ''] = [layerOf(from), layerOf(to)];
  if (leaves.includes(target)) return true;
  return !leaves.includes(layer) && layers.indexOf(target) >= layers.indexOf(layer);
}

test('has every file of functions and shared in a layer or a leaf', () => {
  expect(product.length).toBeGreaterThan(60);
  expect(product.filter((path) => layerOf(path) === undefined)).toEqual([]);
});

test('imports in one direction: functions, http, onboarding, partner-center, vaults and table, network', () => {
  const wrong = product.flatMap((path) =>
    importsOf(path)
      .filter((name) => /^(functions|shared|test|commands|infra)\//.test(name))
      .filter((name) => !isAllowed(path, name))
      .map((name) => `${path} imports ${name}`),
  );
  expect(wrong).toEqual([]);
});

test('lets nothing in functions and shared know of tests, commands or emulators', () => {
  const imports = product.flatMap((path) => importsOf(path).map((name) => `${path} imports ${name}`));
  expect(imports.filter((one) => /imports (test|commands|infra)\//.test(one))).toEqual([]);
  expect(product.filter((path) => /emulat|fixture|vitest/i.test(read(path)))).toEqual([]);
});

test('names every package that functions and shared import among the dependencies', () => {
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
  const typesOnly = new Set(['json-schema-to-ts']);
  const packages = product
    .flatMap((path) => importsOf(path))
    .filter((name) => !/^(functions|shared|package\.json)/.test(name));
  const names = packages.map((name) =>
    name
      .split('/')
      .slice(0, name.startsWith('@') ? 2 : 1)
      .join('/'),
  );
  const unknown = names.filter((name) => !name.startsWith('node:') && !(name in dependencies) && !typesOnly.has(name));
  expect(unknown).toEqual([]);
  expect(names.filter((name) => builtinModules.includes(name))).toEqual([]);
});

test('finds the imports that it judges', () => {
  expect(importsOf('functions/main.ts')).toContain('shared/http/app.ts');
  expect(importsOf('shared/onboarding/onboard-customer.ts')).toContain('shared/errors/onboarding-error.ts');
  const leftwards: readonly [string, string][] = [
    ['shared/network/send.ts', 'shared/key-vault/vault.ts'],
    ['shared/key-vault/vault.ts', 'shared/partner-center/request.ts'],
    ['shared/onboarding/run.ts', 'shared/http/handle.ts'],
    ['shared/errors/error-codes.ts', 'shared/network/send.ts'],
    ['shared/http/handle.ts', 'test/local/stack.ts'],
  ];
  for (const [from, to] of leftwards) expect(isAllowed(from, to)).toBe(false);
});
