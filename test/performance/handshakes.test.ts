import { expect, onTestFinished, test } from 'vitest';
import type { Handshakes } from '../local/wire/front.ts';
import { readExample } from '../local/read-example.ts';
import { startStack } from '../local/stack.ts';

/** In full when the app is loaded: all but the table's, whose answer the first call needs no sooner than that of Partner Center. */
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
  const count = (kind: keyof Handshakes): Record<string, number> =>
    Object.fromEntries(Object.entries(stack.secured?.handshakes() ?? {}).map(([name, counts]) => [name, counts[kind]]));
  await expect.poll(() => count('full')).toEqual(atLoad);
  expect(await onboard('securecold')).toBe(201);
  expect(count('full')).toEqual({ ...atLoad, table: 1 });
  // The checks are made side by side, so they need more connections.
  const resumed = count('resumed');
  expect(resumed['partnerCenter']).toBeGreaterThan(0);
  expect(await onboard('securewarm')).toBe(201);
  expect(count('full')).toEqual({ ...atLoad, table: 1 });
  expect(count('resumed')).toEqual(resumed);
});
