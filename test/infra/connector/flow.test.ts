import { expect, test } from 'vitest';
import { buildFlow, columns } from '../../../commands/generate/flow-definition.ts';
import { buildFlowPackage } from '../../../commands/generate/flow-package.ts';
import { customerRequestSchema } from '../../../shared/schema/customer-request.ts';
import { readConnector } from './connector.ts';
import { findFlowFaults, type Action, type Workflow } from './flow-checks.ts';

const readFlow = (): Workflow => structuredClone(buildFlow()) as unknown as Workflow;
const actionOf = (flow: Workflow, name: string): Action => flow.actions[name] as Action;

test('the flow retries, has a branch for errors and shows no key', () => {
  expect(findFlowFaults(readFlow())).toEqual([]);
});

test.each<[string, (flow: Workflow) => void]>([
  ['no retry policy', (flow) => delete actionOf(flow, 'Onboard_the_customer').inputs.retryPolicy],
  [
    'too few retries',
    (flow) => (actionOf(flow, 'Onboard_the_customer').inputs.retryPolicy = { type: 'exponential', count: 2 }),
  ],
  ['takes any 2xx for a success', (flow) => delete flow.actions['Read_the_answer']],
  ['no branch for errors', (flow) => delete flow.actions['Read_the_error']],
  ['runs after nothing', (flow) => delete flow.actions['Read_the_function_key']],
  ['a failed run looks well', (flow) => delete flow.actions['End_as_failed']],
  [
    'a key in the definition',
    (flow) => (actionOf(flow, 'Onboard_the_customer').inputs.headers = { 'x-functions-key': 'abc' }),
  ],
  ['the key shows in the run', (flow) => delete actionOf(flow, 'Onboard_the_customer').runtimeConfiguration],
  ['expression: @{a(', (flow) => (actionOf(flow, 'Write_the_result').inputs['x'] = '@{a(')],
  ['reads an unknown action', (flow) => (actionOf(flow, 'Write_the_result').inputs['x'] = "@body('Other')")],
])('finds a flow with the fault: %s', (fault, spoil) => {
  const flow = readFlow();
  spoil(flow);
  expect(findFlowFaults(flow)).toContain(fault);
});

test('the flow sends fields that the service knows and all that it requires', () => {
  const known = Object.keys(customerRequestSchema.properties);
  expect(Object.keys(columns).filter((field) => !known.includes(field))).toEqual([]);
  expect(customerRequestSchema.required.filter((field) => !(field in columns))).toEqual([]);
});

test('the readme names every column of the list', () => {
  const { readme } = readConnector('key');
  const answers = ['OnboardingStatus', 'OnboardingMessage', 'CustomerId', 'PasswordSecretId'];
  expect([...Object.values(columns), ...answers].filter((column) => !readme.includes(`\`${column}\``))).toEqual([]);
});

test('the package maps every connection of the flow', () => {
  const files = buildFlowPackage();
  const find = (end: string): Record<string, unknown> =>
    Object.entries(files).find(([path]) => path.endsWith(end))?.[1] ?? {};
  const used = new Set(
    [...JSON.stringify(buildFlow()).matchAll(/"connectionName":"([^"]+)"/g)].map((match) => match[1]),
  );
  expect(new Set(Object.keys(find('apisMap.json')))).toEqual(used);
  expect(new Set(Object.keys(find('connectionsMap.json')))).toEqual(used);
  const { resources } = find('manifest.json') as { resources: Record<string, { dependsOn: string[] }> };
  for (const { dependsOn } of Object.values(resources)) {
    expect(dependsOn.filter((id) => !(id in resources))).toEqual([]);
  }
});
