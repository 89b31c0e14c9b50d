import { expect, onTestFinished, test } from 'vitest';
import type { Handshakes } from '../local/wire/front.ts';
import { readExample } from '../local/read-example.ts';
import { startStack } from '../local/stack.ts';

/** Full handshakes at load: all except the table's, which is in the same region and is called in parallel with Partner Center. */
const atLoad = { entra: 1, partnerVault: 1, credentialVault: 1, fallbackVault: 1, table: 0, partnerCenter: 1 };

test('makes one full handshake with each host, all except the table before the first call, and none in later calls', async () => {
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
  // The secrets are read in parallel, and the checks run in parallel.
  const resumed = { ...atLoad, entra: 0, partnerVault: 2, credentialVault: 0, fallbackVault: 0, partnerCenter: 2 };
  await expect.poll(() => count('resumed')).toEqual(resumed);
  for (const domain of ['securecold', 'securewarm']) {
    expect(await onboard(domain)).toBe(201);
    expect(count('full')).toEqual({ ...atLoad, table: 1 });
    expect(count('resumed')).toEqual(resumed);
  }
});
