import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Instance } from '../local/instance.ts';
import { readExample } from '../local/read-example.ts';
import { startStack, type Stack } from '../local/stack.ts';

let stack: Stack;
let instance: Instance;

beforeAll(async () => {
  stack = await startStack();
  instance = await stack.startInstance();
});
afterAll(() => stack.close());

async function onboard(domain: string): Promise<{ status: number; requests: number }> {
  const { requests } = stack.partnerCenter.server;
  const before = requests.length;
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ ...readExample(), domain });
  const { status } = await instance.call('/api/v1/customers', { method: 'POST', headers, body });
  return { status, requests: requests.length - before };
}

test('sends Partner Center no repeat once it has throttled', async () => {
  expect(await onboard('throttledone')).toMatchObject({ status: 201 });
  const { partnerCenter } = stack;
  const answer = partnerCenter.errorAnswer(429, 429, 0);
  const matches = ({ operation }: { operation: string }): boolean => operation === 'createCustomer';
  partnerCenter.server.faults.add({ kind: 'status', matches, answer });
  expect(await onboard('throttledtwo')).toMatchObject({ status: 201, requests: 4 });
  expect(await onboard('throttledone')).toEqual({ status: 200, requests: 0 });
  expect(await onboard('throttledthree')).toMatchObject({ status: 201, requests: 3 });
});
