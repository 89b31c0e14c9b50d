import { expect, test } from 'vitest';
import { buildFlow } from '../../commands/generate/flow-definition.ts';
import { examples } from '../../shared/open-api/examples.ts';
import { customerAnswerSchema } from '../../shared/schema/customer-answer.ts';
import type { Action, Workflow } from '../infra/connector/flow-checks.ts';
import { read } from '../house/sources.ts';
import { runHttpAction } from '../api/power-automate.ts';
import { EmulatorServer } from '../local/wire/emulator-server.ts';
import { respond, transientStatuses } from './faults.ts';

const logicApp = JSON.parse(read('examples/logic-app.json')) as Workflow['actions'];
const flow = (buildFlow() as unknown as Workflow).actions;
const workflows = [
  ['examples/logic-app.json', logicApp],
  ['the flow', flow],
] as const;
const named = (actions: Workflow['actions'], name: string): Action => actions[name] as Action;

test.each(workflows)('%s gets through every transient response by its retry policy', async (_, actions) => {
  const { inputs } = named(actions, 'Onboard_the_customer');
  expect(inputs.retryPolicy?.['type']).toBe('exponential');
  const body = JSON.stringify(examples.customer);
  const service = await EmulatorServer.start({ classify: () => 'call', handle: () => ({ status: 201, body }) });
  for (const status of transientStatuses) service.faults.add(respond(status));
  const retries = Number(inputs.retryPolicy?.['count']);
  const options = { timeout: 5000, retries, interval: 0, headers: inputs.headers ?? {} };
  const { tries } = await runHttpAction(service.url, JSON.stringify(examples.request), options);
  expect(tries).toEqual([...transientStatuses, 201]);
  expect(new Set(service.requests.map((request) => request.body)).size).toBe(1);
  service.faults.add(respond(401));
  expect((await runHttpAction(service.url, '{}', options)).tries).toEqual([401]);
  await service.close();
});

test.each(workflows)('%s takes nothing for a success but the customer of the service', (_, actions) => {
  const { runAfter, inputs } = named(actions, 'Read_the_answer');
  expect(runAfter).toEqual({ Onboard_the_customer: ['Succeeded'] });
  const { required } = inputs['schema'] as { required: string[] };
  expect(required).toContain('customerId');
  const always: readonly string[] = customerAnswerSchema.required;
  expect(required.filter((field) => !always.includes(field))).toEqual([]);
});

test('examples/logic-app.json is the flow, but for the sign-in, the body and what it does with the customer', () => {
  const { retryPolicy } = named(flow, 'Onboard_the_customer').inputs;
  expect(named(logicApp, 'Onboard_the_customer')).toMatchObject({
    inputs: { method: 'POST', retryPolicy },
    operationOptions: 'DisableAsyncPattern',
  });
  expect(named(logicApp, 'Read_the_error')).toEqual(named(flow, 'Read_the_error'));
  expect(named(logicApp, 'End_as_failed').inputs).toEqual(named(flow, 'End_as_failed').inputs);
  expect(named(logicApp, 'End_as_failed').runAfter).toEqual({ Read_the_error: ['Succeeded'] });
  expect(JSON.stringify(named(logicApp, 'End_as_failed').inputs)).toContain('The key or token is missing or wrong.');
});
