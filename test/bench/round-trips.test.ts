import { expect, onTestFinished, test } from 'vitest';
import { countRoundTrips, watchCalls, type UpstreamCall } from './watch-calls.ts';
import type { Instance } from '../local/instance.ts';
import { readExample } from '../local/read-example.ts';
import { startStack, type Stack } from '../local/stack.ts';

const delay = 120;

const atLoad = [
  'credentialVault listVersions',
  'credentialVault listVersions',
  'fallbackVault listVersions',
  'fallbackVault listVersions',
  'identity getIdentityToken',
  'identity getIdentityToken',
  ...Array.from({ length: 4 }, () => 'partnerVault getSecret'),
].sort();
const first = ['entra token', 'partnerCenter readCountryRules'];
const each = [
  'credentialVault setSecret',
  'credentialVault setSecret',
  'partnerCenter createCustomer',
  'partnerCenter probeDomain',
  'partnerCenter validateAddress',
  'table insertRow',
  'table readRow',
  'table replaceRow',
];

async function openStack(): Promise<{ stack: Stack; calls: UpstreamCall[] }> {
  const stack = await startStack({ fallbackVault: true });
  onTestFinished(() => stack.close());
  return { stack, calls: watchCalls(stack.servers) };
}

function slowDown(stack: Stack): void {
  for (const server of Object.values(stack.servers)) server.latency = delay;
}

async function onboard(instance: Instance, domain: string): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ ...readExample(), domain });
  expect((await instance.call('/api/v1/customers', { method: 'POST', headers, body })).status).toBe(201);
}

const operations = (seen: readonly UpstreamCall[]): string[] =>
  seen.map(({ server, operation }) => `${server} ${operation}`).sort();

// A request that a busy machine sends late counts as a further round trip.
const patient = { retry: 2 };

test('takes six round trips for the first call of a loaded instance, and five afterwards', patient, async () => {
  const { stack, calls } = await openStack();
  const instance = await stack.startInstance();
  await expect.poll(() => calls.length).toBe(atLoad.length);
  expect(operations(calls.splice(0))).toEqual(atLoad);
  slowDown(stack);
  await onboard(instance, 'roundtripscold');
  const cold = calls.splice(0);
  expect(operations(cold)).toEqual([...each, ...first].sort());
  expect(countRoundTrips(cold, delay)).toBe(6);
  await onboard(instance, 'roundtripswarm');
  expect(operations(calls)).toEqual(each);
  expect(countRoundTrips(calls, delay)).toBe(5);
});

test(
  'takes eight round trips from load if a call arrives at the same moment, and requests nothing twice',
  patient,
  async () => {
    const { stack, calls } = await openStack();
    slowDown(stack);
    await onboard(await stack.startInstance(), 'roundtripsatload');
    expect(operations(calls)).toEqual([...atLoad, ...each, ...first].sort());
    expect(countRoundTrips(calls, delay)).toBeLessThanOrEqual(8);
  },
);
