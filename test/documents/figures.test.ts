import { expect, test } from 'vitest';
import { read } from '../house/sources.ts';

const pages = ['docs/scale.md', 'docs/benchmark.md'].map(read).join('\n');

/** The cells of the row of a table that starts with a text, as numbers where they begin with one. */
function rowOf(start: string): number[] {
  const row = pages.split('\n').find((line) => line.startsWith(`| ${start}`)) ?? '';
  return row.split('|').flatMap((cell) => {
    const [, number] = /^[ *a-z]*(\d[\d,.]*)/.exec(cell) ?? [];
    return number === undefined ? [] : [Number(number.replaceAll(',', ''))];
  });
}

test('the limits in docs/scale.md give the rates beside them', () => {
  const [requests = 0, each = 1, perMinute] = rowOf('Partner Center, requests per minute');
  expect(Math.floor(requests / each)).toBe(perMinute);
  const [secrets = 0, written = 1, stored] = rowOf('Key Vault, secrets written in 10 s');
  expect((secrets * 6) / written).toBe(stored);
  const [rows = 0, ofOne = 1, ofTable] = rowOf('Table storage, entities per second');
  expect((rows * 60) / ofOne).toBe(ofTable);
  const [milliseconds = 0, ofOneCore] = rowOf('One instance, one core');
  expect(60_000 / milliseconds).toBe(ofOneCore);
  expect(rowOf('Onboardings a second of one core')).toContain(1000 / milliseconds);
});

test('the deployment names the same limit', () => {
  const [requests, , perMinute] = rowOf('Partner Center, requests per minute');
  for (const path of ['infra/README.md', 'infra/main.bicep'])
    expect(read(path)).toMatch(new RegExp(`${requests} requests a minute[^.:;]*, ${perMinute} onboardings`));
});
