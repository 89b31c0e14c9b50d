import { afterAll, beforeAll, expect, test } from 'vitest';
import { countRoundTrips, watchCalls, type UpstreamCall } from '../bench/watch-calls.ts';
import type { Instance } from '../local/instance.ts';
import { readExample } from '../local/read-example.ts';
import { startStack, type Stack } from '../local/stack.ts';

const delay = 120;

let stack: Stack;
let instance: Instance;
let calls: UpstreamCall[];

beforeAll(async () => {
  stack = await startStack({ fallbackVault: true });
  instance = await stack.startInstance();
  for (const server of Object.values(stack.servers)) server.latency = delay;
  calls = watchCalls(stack.servers);
});
afterAll(() => stack.close());

async function onboard(domain: string): Promise<readonly UpstreamCall[]> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ ...readExample(), domain });
  const answer = await instance.call('/api/v1/customers', { method: 'POST', headers, body });
  expect(answer.status).toBe(201);
  return calls.splice(0);
}

const operations = (seen: readonly UpstreamCall[]): string[] =>
  seen.map(({ server, operation }) => `${server} ${operation}`).sort();

test('takes eight round trips on an instance that has just started, and five from then on', async () => {
  const cold = await onboard('roundtripscold');
  expect(countRoundTrips(cold, delay)).toBe(8);
  const warm = await onboard('roundtripswarm');
  expect(countRoundTrips(warm, delay)).toBe(5);
  expect(operations(warm)).toEqual([
    'credentialVault setSecret',
    'credentialVault setSecret',
    'partnerCenter createCustomer',
    'partnerCenter probeDomain',
    'partnerCenter validateAddress',
    'table insertRow',
    'table readRow',
    'table replaceRow',
  ]);
  const beyond = operations(cold).filter((operation) => !operations(warm).includes(operation));
  expect(beyond).toEqual(
    [
      'credentialVault listVersions',
      'credentialVault listVersions',
      'fallbackVault listVersions',
      'fallbackVault listVersions',
      'entra token',
      'identity getIdentityToken',
      'identity getIdentityToken',
      ...Array.from({ length: 4 }, () => 'partnerVault getSecret'),
      'partnerCenter readCountryRules',
    ].sort(),
  );
});
