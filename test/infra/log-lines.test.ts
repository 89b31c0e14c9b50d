import { expect, test } from 'vitest';
import { read } from '../house/sources.ts';
import { writtenEvents as written } from './written-events.ts';

/** The events in the first column of a section's table, with the rest of their row. */
function tableOf(document: string, section: string): Map<string, string> {
  const [, text = ''] = read(document).split(`\n## ${section}\n`);
  const rows = [...(text.split('\n## ')[0] ?? '').matchAll(/^\| (`[^|]+) \|(.*)$/gm)];
  return new Map(
    rows
      .slice(1)
      .flatMap(([, names = '', rest = '']) =>
        [...names.matchAll(/`(\w+)`/g)].map(([, name = '']) => [name, rest] as const),
      ),
  );
}

const [logs, operate] = [tableOf('infra/README.md', 'What the app logs'), tableOf('docs/operate.md', 'Log lines')];
const words: Readonly<Record<string, string>> = { info: 'information', warn: 'warning', error: 'error' };

test('infra/README.md lists every event that the app logs, with its level', () => {
  expect(written.length).toBeGreaterThan(25);
  expect(written.filter(([level, event]) => !logs.get(event)?.startsWith(` ${words[level]} |`))).toEqual([]);
});

test('docs/operate.md lists every event at error level', () => {
  const errors = written.filter(([level]) => level === 'error').map(([, event]) => event);
  expect(errors.filter((event) => !operate.has(event))).toEqual([]);
});

test('neither table lists an event that the app does not log', () => {
  const events = new Set(written.map(([, event]) => event));
  expect([...logs.keys(), ...operate.keys()].filter((event) => !events.has(event))).toEqual([]);
});
