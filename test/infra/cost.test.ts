import { expect, test } from 'vitest';
import { infraText } from './infra.ts';
import { at, ofType, snapshotOf, type Snapshot } from './snapshot.ts';

const [, cost = ''] = infraText('README.md').split('\n## Cost\n');
const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six'];

/** The first cell and the amounts of the row that starts with this text. */
function rowOf(start: string): [label: string, ...amounts: number[]] {
  const row = cost.split('\n').find((line) => line.startsWith(`| ${start}`)) ?? '';
  const [, label = '', ...cells] = row.split('|').map((cell) => cell.trim());
  return [label, ...cells.slice(0, -1).map((cell) => Number(/[\d.]+/.exec(cell)?.[0] ?? 0))];
}

/** The resources of a deployment, as the table describes them. */
function describe(snapshot: Snapshot): string[] {
  const rules = ofType(snapshot, 'Microsoft.Insights/scheduledQueryRules');
  const often = rules.filter((rule) => at(rule, 'properties.evaluationFrequency') === 'PT5M').length;
  const metrics = ofType(snapshot, 'Microsoft.Insights/metricAlerts').length;
  const count = (type: string): number => ofType(snapshot, `Microsoft.${type}`).length;
  return [
    `Alerts: ${String(often)} rule every 5 minutes, ${String(rules.length - often)} every 15 minutes or more, ${String(metrics)} metrics`,
    `Private endpoints: ${String(count('Network/privateEndpoints'))}, ${numbers[count('Network/privateDnsZones')] ?? ''} DNS zones`,
    `${numbers[count('Storage/storageAccounts')] ?? ''} storage accounts, ${numbers[count('KeyVault/vaults')] ?? ''} vaults`,
  ];
}

test('the cost table counts the resources of the deployment', () => {
  const labels = ['Alerts', 'Private endpoints', 'Two storage accounts'].map((start) => rowOf(start)[0]);
  expect(labels.map((label) => label.replace('Two', 'two'))).toEqual(describe(snapshotOf('production')));
  const one = snapshotOf('production').resources.filter(({ name }) => name !== 'csponb-prod-no-success');
  expect(describe({ name: 'production', resources: one })).not.toContain(labels[0]);
});

test('the sums in the cost table are correct', () => {
  const [, ...withNetwork] = rowOf('**Sum**');
  const rows = ['Function app, woken', 'Availability', 'Alerts', 'Logs: 0.5', 'Two storage', 'Private', 'NAT gateway'];
  const sums = [0, 1].map((column) => rows.reduce((sum, start) => sum + Number(rowOf(start)[column + 1]), 0));
  expect(sums).toEqual(withNetwork);
  const each = ['Function app: 5 s', 'Vaults: 2 writes', 'Logs: about', 'NAT and private'];
  const [, ...total] = /\*\*about (0\.\d+)\*\*/.exec(cost) ?? [];
  expect(each.reduce((sum, start) => sum + Number(rowOf(start)[1]), 0)).toBeCloseTo(Number(total[0]), 2);
});
