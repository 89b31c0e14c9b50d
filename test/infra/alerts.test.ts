import { beforeAll, expect, test } from 'vitest';
import { readAlertNames, readAlertQueries, readPanelQueries, type LineQuery } from './alert-queries.ts';
import { infraText } from './infra.ts';
import { collectLines, type Line } from './log-scenarios.ts';

const alerts = readAlertQueries();
const panels = readPanelQueries();
let lines: Line[] = [];

beforeAll(async () => {
  lines = await collectLines();
}, 120_000);

/** Events, properties and values in a query that no line of the app has. */
function findUnknown({ events, fields, values }: LineQuery): string[] {
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

test.each(alerts)('the app writes what the alert $name queries', (alert) => {
  expect(alert.events.length).toBeGreaterThan(0);
  expect(findUnknown(alert)).toEqual([]);
});

test.each(panels)('the app writes what the workbook panel "$name" queries', (panel) => {
  expect(findUnknown(panel)).toEqual([]);
});

test('an event, property or value that the app never writes is found', () => {
  const [alert] = alerts;
  if (!alert) throw new Error('no alert');
  expect(findUnknown({ ...alert, events: ['UnknownEvent'] })).toContain('UnknownEvent');
  expect(findUnknown({ ...alert, fields: ['customer'] })).toEqual(['customer']);
  expect(findUnknown({ ...alert, values: new Map([['reason', ['unknown reason']]]) })).toEqual(['unknown reason']);
});

test('lines whose reason the runbook refers to have one', () => {
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
