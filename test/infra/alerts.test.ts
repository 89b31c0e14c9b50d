import { beforeAll, describe, expect, test } from 'vitest';
import type { LogEntry } from '../local/host/core-types.ts';
import { toConsoleLine, toOpenTelemetry } from '../local/render-log.ts';
import { readAlertNames, readAlertQueries, readPanelQueries, type LineQuery } from './alert-queries.ts';
import { infraText } from './infra.ts';
import { collectEntries } from './log-scenarios.ts';
import { writtenEvents } from './written-events.ts';

const alerts = readAlertQueries();
const panels = readPanelQueries();
type Line = Readonly<Record<string, unknown>>;
let entries: LogEntry[] = [];

/** The two ways in which a line reaches the table that the queries read. */
const forms = [
  { form: 'records of OpenTelemetry', textOf: (entry: LogEntry) => toOpenTelemetry(entry).body },
  { form: 'console lines', textOf: (entry: LogEntry) => toConsoleLine(entry).message },
];

beforeAll(async () => {
  entries = await collectEntries();
}, 120_000);

function readLines(textOf: (entry: LogEntry) => string): Line[] {
  return entries.map(textOf).flatMap((text) => (text.startsWith('{"event"') ? [JSON.parse(text) as Line] : []));
}

/** Events, properties and values in a query that no line of the app has. */
function findUnknown({ events, fields, values }: LineQuery, lines: readonly Line[]): string[] {
  const asked = lines.filter(({ event }) => events.length === 0 || events.includes(String(event)));
  return [
    ...events.filter((name) => !lines.some(({ event }) => event === name)),
    ...fields.filter((field) => !asked.some((line) => line[field] !== undefined)),
    ...[...values].flatMap(([field, texts]) => texts.filter((text) => !asked.some((line) => line[field] === text))),
  ];
}

test('these alerts query the log lines of the app', () => {
  expect(alerts.map(({ name }) => name)).toEqual([
    'credentials-at-risk',
    'password-reset',
    'outcome-unknown',
    'vault-refused-write',
    'partner-sign-in',
    'configuration-error',
    'onboarding-failures',
    'upstream-trouble',
    'no-success',
  ]);
});

describe.each(forms)('the $form of the app', ({ textOf }) => {
  test.each(alerts)('have what the alert $name queries', (alert) => {
    expect(alert.events.length).toBeGreaterThan(0);
    expect(findUnknown(alert, readLines(textOf))).toEqual([]);
  });

  test.each(panels)('have what the workbook panel "$name" queries', (panel) => {
    expect(findUnknown(panel, readLines(textOf))).toEqual([]);
  });
});

test.each(alerts)(
  'the alert $name reads the text of a line alone: the host may have guessed its level',
  ({ query }) => {
    expect(query).not.toMatch(/SeverityLevel|Properties|customDimensions|OperationId|OperationName|AppRole/);
  },
);

test('an event, property or value that the app never writes is found', () => {
  const [alert] = alerts;
  if (!alert) throw new Error('no alert');
  const lines = readLines(({ message }) => message);
  expect(findUnknown({ ...alert, events: ['UnknownEvent'] }, lines)).toContain('UnknownEvent');
  expect(findUnknown({ ...alert, fields: ['customer'] }, lines)).toEqual(['customer']);
  expect(findUnknown({ ...alert, values: new Map([['reason', ['unknown reason']]]) }, lines)).toEqual([
    'unknown reason',
  ]);
});

test('what operators must see arrives as an error, whichever way it takes', () => {
  const errors = new Set(writtenEvents.filter(([level]) => level === 'error').map(([, event]) => event));
  const urgent = entries.filter(({ message }) => errors.has(/^{"event":"(\w+)"/.exec(message)?.[1] ?? ''));
  expect(urgent.filter((entry) => toOpenTelemetry(entry).severity !== 'ERROR')).toEqual([]);
  const isFromConsole = ({ category }: LogEntry): boolean => category === 'Host.Function.Console';
  expect(urgent.some((entry) => isFromConsole(entry))).toBe(true);
  expect(urgent.some((entry) => !isFromConsole(entry))).toBe(true);
});

test('no line of an onboarding, a replay or a failure is written through an invocation that has ended', () => {
  expect(entries.filter(({ category }) => category === 'Worker.LateLog')).toEqual([]);
});

test('lines whose reason the runbook refers to have one', () => {
  const lines = readLines(({ message }) => message);
  const sent = lines.filter(({ event }) => event === 'PartnerAuthenticationFailed' || event === 'ConfigurationError');
  const from = sent.map(({ setting, secret, check, operation }) => setting ?? secret ?? check ?? operation);
  expect(from).toEqual(expect.arrayContaining(['ADDRESS_VALIDATION', 'managed identity', 'probeDomain']));
  expect(sent.filter(({ reason }) => typeof reason !== 'string')).toEqual([]);
});

test('each alert has a section in the runbook', () => {
  const readme = infraText('README.md') + infraText('runbook.md');
  expect(readAlertNames().length).toBeGreaterThan(14);
  expect(readAlertNames().filter((name) => !new RegExp(`^### ${name}$`, 'm').test(readme))).toEqual([]);
});

test('every section of the runbook belongs to an alert', () => {
  const runbook =
    infraText('README.md')
      .split(/^## Runbook$/m)[1]
      ?.split(/^## /m)[0] ?? '';
  const sections = [...(runbook + infraText('runbook.md')).matchAll(/^### (.+)$/gm)].map(([, name]) => name ?? '');
  expect(sections.sort((a, b) => (a < b ? -1 : 1))).toEqual([...new Set(readAlertNames())]);
});

test('infra/README.md lists every event that an alert queries', () => {
  const readme = infraText('README.md');
  for (const name of alerts.flatMap(({ events }) => events)) expect(readme).toContain(`\`${name}\``);
});
