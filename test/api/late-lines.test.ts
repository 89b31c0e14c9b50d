import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Instance } from '../local/instance.ts';
import type { Stack } from '../local/stack.ts';
import { customer, post, startApp } from './rig.ts';

let stack: Stack;
let app: Instance;
beforeAll(async () => void ([stack, app] = await startApp()));
afterAll(() => stack.close());

/** Level and event of the lines that a call wrote to the console, which are those after its answer. */
function linesByConsole(correlationId: string): [string, unknown][] {
  return stack.logLines
    .filter(({ category, message }) => category === 'Host.Function.Console' && message.includes(correlationId))
    .map(({ level, message }) => [level, (JSON.parse(message) as { event: string }).event]);
}

test('a check that continues after the answer logs to the console, with the correlation id of its call', async () => {
  const correlationId = '1e0f6a52-7a4e-4c52-9d0e-0b8f3f1c2d11';
  const payload = customer();
  expect((await post(app, payload)).status).toBe(201);
  const matches = ({ operation }: { operation: string }): boolean => operation === 'validateAddress';
  stack.partnerCenter.server.faults.add({ kind: 'slow', delay: 1800, matches });
  const other = { ...payload, companyName: 'Tailspin Toys', addressLine1: '1 Other Street' };
  expect((await post(app, other, { 'x-correlation-id': correlationId })).body.code).toBe('AlreadyOnboarded');
  const late = (): [string, unknown][] => linesByConsole(correlationId);
  await expect.poll(late, { timeout: 4000 }).toContainEqual(['information', 'upstream']);
});

test('a vault that refuses held credentials again causes an error line, with the correlation id of the call', async () => {
  const correlationId = '2e0f6a52-7a4e-4c52-9d0e-0b8f3f1c2d12';
  stack.partnerCenter.server.onStage = (stage, { operation }) => {
    if (stage === 'processed' && operation === 'createCustomer') stack.credentialVault.readOnly = true;
  };
  const { body } = await post(app, customer(), { 'x-correlation-id': correlationId });
  expect(body.code).toBe('CredentialsNotStored');
  const late = (): [string, unknown][] => linesByConsole(correlationId);
  await expect.poll(late, { timeout: 4000 }).toContainEqual(['error', 'VaultRefusedWrite']);
});

test('no line is written through an invocation that has ended', () => {
  expect(stack.logLines.filter(({ category }) => category === 'Worker.LateLog')).toEqual([]);
});
