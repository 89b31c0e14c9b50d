import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writePackage } from '../../build/write-package.ts';
import { listFiles } from '../house/sources.ts';

const rules = readFileSync(new URL('../../.funcignore', import.meta.url), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'funcignore-'));
const checkout = join(folder, 'checkout');
let packaged: string[];

beforeAll(async () => {
  packaged = Object.keys(unzipSync(await writePackage(join(folder, 'app.zip'))));
  const beside = ['local.settings.json', 'release/functionapp.zip', 'node_modules/tsx/dist/loader.cjs', '.env'];
  for (const path of [...listFiles(), ...beside]) {
    mkdirSync(dirname(join(checkout, path)), { recursive: true });
    writeFileSync(join(checkout, path), '');
  }
  cpSync('dist', join(checkout, 'dist'), { recursive: true });
  execFileSync('git', ['init', '--quiet', checkout]);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The files of a built checkout that the rules do not ignore. */
function listPublished(text: string): string[] {
  const file = join(folder, 'rules');
  writeFileSync(file, text);
  const output = execFileSync('git', ['ls-files', '--others', `--exclude-from=${file}`], { cwd: checkout });
  return output.toString('utf8').split('\n').filter(Boolean).sort();
}

test('.funcignore publishes exactly the files of the deployment package', () => {
  expect(readdirSync(join(checkout, 'dist')).length).toBeGreaterThan(2);
  expect(listPublished(rules)).toEqual(packaged.sort());
});

test.each([
  ['!dist/*.cjs', '!dist/main.cjs'],
  ['dist/developer-credential.cjs\n', '\n'],
  ['!host.json', ''],
  ['*\n', '\n'],
])('the comparison finds %j changed to %j', (from, to) => {
  expect(rules).toContain(from);
  expect(listPublished(rules.replace(from, to))).not.toEqual(packaged.sort());
});
