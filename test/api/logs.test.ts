import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Instance } from '../local/instance.ts';
import type { Stack } from '../local/stack.ts';
import { customer, linesOf, post, request, startApp, type Answer } from './rig.ts';

let stack: Stack;
let app: Instance;
let answer: Answer;
const correlationId = '0f0f6a52-7a4e-4c52-9d0e-0b8f3f1c2d10';
const payload = customer({ middleName: 'Wilhelmina', postalCode: '98052-6399' });

beforeAll(async () => {
  [stack, app] = await startApp();
  answer = await post(app, payload, { 'x-correlation-id': correlationId, 'x-ms-workflow-run-id': '08585-x_1' });
});
afterAll(() => stack.close());

/** Upstream lines of the first onboarding, by upstream and operation. */
function upstreams(): Record<string, unknown>[] {
  return linesOf(stack, 'upstream').filter((line) => line['upstream'] !== 'managed-identity');
}

test('writes one line per onboarding: outcome, status, duration, correlation id, run', () => {
  expect(linesOf(stack, 'onboarding')).toEqual([
    {
      level: 'information',
      event: 'onboarding',
      outcome: 'Succeeded',
      status: 201,
      durationMs: expect.any(Number) as unknown,
      workflowRunId: '08585-x_1',
      customerId: answer.body.customerId,
      correlationId,
    },
  ]);
});

test('writes one line for every call to Partner Center: operation, duration, status, request id', () => {
  const lines = upstreams().filter((line) => line['upstream'] === 'partner-center');
  const calls = stack.partnerCenter.server.requests;
  expect(lines).toHaveLength(calls.length);
  for (const { operation, status, headers } of calls) {
    expect(lines.filter((line) => line['operation'] === operation)).toEqual([
      {
        level: 'information',
        event: 'upstream',
        upstream: 'partner-center',
        operation,
        status,
        durationMs: expect.any(Number) as unknown,
        requestId: headers['ms-requestid'],
        correlationId,
      },
    ]);
  }
});

test('writes one line for every call to a vault and to the token endpoint', () => {
  const count = (upstream: string, operation: string): number =>
    linesOf(stack, 'upstream').filter((line) => line['upstream'] === upstream && line['operation'] === operation)
      .length;
  const answered = (
    server: { requests: readonly { operation: string; status?: number }[] },
    operation: string,
  ): number => server.requests.filter((one) => one.operation === operation && one.status !== 401).length;
  expect(count('key-vault', 'setSecret')).toBe(answered(stack.credentialVault.server, 'setSecret'));
  expect(count('key-vault', 'listVersions')).toBe(answered(stack.credentialVault.server, 'listVersions'));
  expect(count('key-vault', 'getSecret')).toBe(answered(stack.partnerVault.server, 'getSecret'));
  expect(count('entra', 'getToken')).toBe(stack.entra.issued.length);
  expect(count('managed-identity', 'getToken')).toBe(stack.identity.server.requests.length);
  for (const line of upstreams()) {
    expect(line['durationMs']).toBeGreaterThanOrEqual(0);
    expect(line['status']).toBeGreaterThanOrEqual(200);
    expect(line['requestId']).toMatch(/\S/);
  }
});

test('writes only structured lines, each with the correlation id of its call', () => {
  const own = stack.logLines.filter(({ category }) => !category.startsWith('Host.Results'));
  expect(own.length).toBeGreaterThan(10);
  for (const { message } of own) expect(JSON.parse(message)).toMatchObject({ event: expect.any(String) as unknown });
  // The requests at load belong to no call.
  const atLoad = ['getSecret', 'listVersions'];
  for (const line of upstreams())
    expect(atLoad.includes(String(line['operation'])) ? correlationId : line['correlationId']).toBe(correlationId);
});

test('writes no value of the payload, whatever the outcome', async () => {
  const faulty: Record<string, unknown>[] = [
    { email: 'wilhelmina.at.example.com' },
    { state: 'Wilhelminastan', postalCode: 'Wilhelminacode', culture: 'de-DE' },
    { addressLine2: 'Wilhelminaweg status:None' },
    { companyName: 'Wilhelmina refuse:27002' },
    { companyName: 'Wilhelmina refuse:27002-tenant' },
  ];
  const answers = [];
  for (const changes of faulty) answers.push(await post(app, { ...customer(), ...changes }));
  expect(answers.map(({ status }) => status >= 400)).toEqual(faulty.map(() => true));
  // An id may contain a few given digits by chance.
  const withoutIds = (text: string): string => text.replaceAll(/\b[0-9a-f-]{32,36}\b/g, '');
  const logs = withoutIds(stack.logLines.map(({ message }) => message).join('\n'));
  const values = Object.values(payload).map(String);
  const markers = [...values.filter((value) => value.length > 3), 'Wilhelmina', 'wilhelmina', 'tailspin'];
  expect(markers.filter((marker) => logs.includes(marker))).toEqual([]);
  const errors = withoutIds(answers.map(({ text }) => text.replaceAll('Partner Center suggests', '')).join('\n'));
  expect(['Wilhelmina', 'wilhelmina', 'Redmond', 'Amelia', '4567'].filter((marker) => errors.includes(marker))).toEqual(
    [],
  );
});

test('writes one line for each other operation, and none for health', async () => {
  await request(app, '/health');
  await request(app, '/v1/customers/unheard');
  await request(app, '/v1/connection');
  await post(app, customer(), {}, '/v1/customers/validate');
  const outcomes = ['finding', 'connection', 'validation'].map((event) => linesOf(stack, event).at(-1)?.['outcome']);
  expect(outcomes).toEqual(['NotFound', 'Connected', 'Valid']);
  expect(linesOf(stack, 'health')).toEqual([]);
});

test('writes no workflow id that could break a line', async () => {
  await request(app, '/v1/customers/unheard', { headers: { 'x-ms-workflow-run-id': '{"event":"forged"}' } });
  expect(linesOf(stack, 'finding').at(-1)).not.toHaveProperty('workflowRunId');
});

test('writes nothing through the log of an answered replay, and loses no line', async () => {
  const late = ['probeDomain', 'validateAddress'];
  const id = '1f0f6a52-7a4e-4c52-9d0e-0b8f3f1c2d11';
  const matches = ({ operation }: { operation: string }): boolean => late.includes(operation);
  stack.partnerCenter.server.faults.add({ kind: 'slow', delay: 300, times: 2, matches });
  expect((await post(app, payload, { 'x-correlation-id': id })).status).toBe(200);
  const lines = (): string[] =>
    linesOf(stack, 'upstream').flatMap((line) => (line['correlationId'] === id ? [String(line['operation'])] : []));
  expect(lines()).not.toEqual(expect.arrayContaining(late));
  await vi.waitFor(() => expect(lines()).toEqual(expect.arrayContaining(late)), 5000);
  expect(stack.logLines.filter(({ category }) => category === 'Worker.LateLog')).toEqual([]);
});
