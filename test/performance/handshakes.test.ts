import { expect, onTestFinished, test } from 'vitest';
import type { Handshakes } from '../local/wire/front.ts';
import { readExample } from '../local/read-example.ts';
import { startStack } from '../local/stack.ts';

const inFull = (counts: Readonly<Record<string, Handshakes>>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).map(([name, { full }]) => [name, full]));

const atLoad = { entra: 1, partnerVault: 1, credentialVault: 1, fallbackVault: 1, table: 0, partnerCenter: 1 };

test('shakes hands in full once with each host, all but the table before the first call, and with none in later calls', async () => {
  const stack = await startStack({ secure: true, fallbackVault: true });
  onTestFinished(() => stack.close());
  const instance = await stack.startInstance({ process: true });
  const onboard = async (domain: string): Promise<number> => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ ...readExample(), domain });
    return (await instance.call('/api/v1/customers', { method: 'POST', headers, body })).status;
  };
  const counted = (): Record<string, Handshakes> => stack.secured?.handshakes() ?? {};
  await expect.poll(() => inFull(counted())).toEqual(atLoad);
  expect(await onboard('securecold')).toBe(201);
  expect(inFull(counted())).toEqual({ ...atLoad, table: 1 });
  const afterFirst = counted();
  expect(await onboard('securewarm')).toBe(201);
  expect(counted()).toEqual(afterFirst);
});
