import { afterAll, beforeAll, expect, test } from 'vitest';
import { readDocumented } from './documented.ts';
import { linesOf, startApp, payloadWith, send, withApp, type World } from './rig.ts';

const path = '/api/v1/customers';
const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const traceGuid = '0af76519-16cd-43dd-8448-eb211c80319c';
const own = '5f0c1c1e-7b0e-4f5c-9a53-0d7a1f5e9b11';
let world: World;

beforeAll(async () => {
  const [stack, instance] = await startApp();
  world = { stack, instance };
});
afterAll(() => world.stack.close());

test.each([
  ['application/problem+json', 'application/problem+json'],
  ['application/json;q=0.5, Application/Problem+JSON', 'application/problem+json'],
  ['application/json', 'application/json'],
  ['*/*', 'application/json'],
])('answers an error for Accept %s as %s', async (accept, type) => {
  const answer = await send(world.instance, {}, { headers: { accept } });
  expect(answer.headers.get('content-type')).toBe(type);
  expect(await readDocumented('OnboardCustomer', answer)).toMatchObject({ code: 'InvalidPayload' });
});

test.each([
  ["the caller's GUID", { 'x-correlation-id': own, traceparent: trace }, own],
  ['the trace id when the GUID is none', { 'x-correlation-id': 'order 7', traceparent: trace }, traceGuid],
  ['the trace id alone', { traceparent: trace }, traceGuid],
])('accepts as correlation id %s', async (_, headers, expected) => {
  const answer = await send(world.instance, {}, { headers });
  expect(answer.headers.get('x-correlation-id')).toBe(expected);
  expect(await readDocumented('OnboardCustomer', answer)).toMatchObject({ correlationId: expected });
  expect(world.instance.logLines.some(({ message }) => message.includes(expected))).toBe(true);
});

test('generates a correlation id for every call without one', async () => {
  const answers = await Promise.all([send(world.instance, {}), send(world.instance, {})]);
  const ids = answers.map((answer) => answer.headers.get('x-correlation-id'));
  expect(new Set(ids).size).toBe(2);
});

test('passes the correlation id on to Partner Center and into the tags of the secrets', async () => {
  const headers = { 'x-correlation-id': own };
  const answer = await send(world.instance, payloadWith({ domain: 'correlated' }), { headers });
  expect(await readDocumented('OnboardCustomer', answer)).toMatchObject({ status: 'Succeeded', correlationId: own });
  const create = world.stack.partnerCenter.server.requests.find(({ operation }) => operation === 'createCustomer');
  expect(create?.headers['ms-correlationid']).toBe(own);
  expect(world.stack.credentialVault.latest('correlated-onmicrosoft-com-admin-password')?.tags['correlationId']).toBe(
    own,
  );
});

test.each(['nobody', 'nobody.onmicrosoft.com', 'contoso.example.com', 'no-such-prefix', '%20', "x'%22%3Cscript%3E"])(
  'answers 404 in the schema of all errors for the domain %s',
  async (domain) => {
    const answer = await world.instance.call(`${path}/${domain}`);
    expect(await readDocumented('GetOnboarding', answer)).toMatchObject({
      code: 'NotFound',
      error: { target: 'domain' },
    });
  },
);

test('writes the ids of a workflow into the line of its call, and no text that only resembles one', async () => {
  const headers = { 'x-ms-workflow-run-id': '08585288361450923245CU21', 'x-ms-client-tracking-id': 'order-7' };
  await withApp({}, async (app) => {
    await send(app.instance, payloadWith(), { headers });
    expect(linesOf(app.stack, 'onboarding')[0]).toMatchObject({
      outcome: 'Succeeded',
      status: 201,
      workflowRunId: '08585288361450923245CU21',
      clientTrackingId: 'order-7',
    });
  });
  await withApp({}, async (app) => {
    await send(app.instance, {}, { headers: { 'x-ms-workflow-run-id': '{"event":"forged"}' } });
    expect(linesOf(app.stack, 'onboarding')[0]).not.toHaveProperty('workflowRunId');
  });
});

test('answers every other operation as documented', async () => {
  await send(world.instance, payloadWith({ domain: 'documented' }));
  const found = await world.instance.call(`${path}/Documented`);
  expect(await readDocumented('GetOnboarding', found)).toMatchObject({ status: 'Succeeded', attempts: 1 });
  expect(await readDocumented('TestConnection', await world.instance.call('/api/v1/connection'))).toMatchObject({
    status: 'Connected',
  });
  expect(await readDocumented('Health', await fetch(`${world.instance.url}/api/health`))).toMatchObject({
    status: 'Healthy',
  });
});
