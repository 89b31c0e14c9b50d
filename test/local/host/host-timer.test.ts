import { expect, test } from 'vitest';
import { startHost } from './functions-host.ts';

const timer = 'RenewRefreshToken';

async function namesWith(env: Record<string, string>): Promise<readonly string[]> {
  const host = await startHost({ env });
  await host.kill();
  return host.functionNames;
}

test('registers the timer for the refresh token with App+User only, however the setting is written', async () => {
  expect(await namesWith({ PARTNER_AUTH_FLOW: ' App+User ' })).toContain(timer);
  for (const env of [{}, { PARTNER_AUTH_FLOW: 'app' }, { PARTNER_AUTH_FLOW: 'nonsense' }]) {
    const names = await namesWith(env);
    expect(names).not.toContain(timer);
    expect(names).toContain('OnboardCustomer');
  }
});
