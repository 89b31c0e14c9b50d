import { expect, test, vi } from 'vitest';
import { readExample } from '../../local/read-example.ts';
import type { Stack } from '../../local/stack.ts';
import { expectSilence, openStack, send } from './full-app.ts';
import { findPort, follow, runCommand } from './run-command.ts';

// The person's part runs in separate processes.
vi.setConfig({ testTimeout: 120_000 });

const name = 'partner-refresh-token';
const customer = (domain: string, more: object = {}) => ({ ...readExample(), domain, ...more });
const linesOf = (stack: Stack, event: string) => stack.logLines.filter(({ message }) => message.includes(`"${event}"`));

async function consent(stack: Stack): Promise<string> {
  const env = { PATH: process.env['PATH'], ...stack.environment };
  const { code, output } = await runCommand(['--no-browser', '--port', `${await findPort()}`], env, follow);
  expect(output).toContain('Stored the refresh token');
  expect(code).toBe(0);
  return output;
}

test('a partner consents, onboards, rotates, renews, loses the consent and consents again, without a restart', async () => {
  const stack = await openStack({ flow: 'app+user', settings: { ONBOARDING_TIMEOUT_SECONDS: '30' } });
  const { entra, partnerVault, clientId } = stack;
  // No token is cached, so that every call uses the secrets.
  entra.tokenLifetimeSeconds = 60;
  partnerVault.setSecret(name, ' ');
  const instance = await stack.startInstance();
  const onboard = (domain: string, more?: object) =>
    send(instance, 'POST', '/api/v1/customers', customer(domain, more));

  expect(await send(instance, 'GET', '/api/v1/connection')).toMatchObject({
    status: 500,
    body: { code: 'ConfigurationError', error: { target: 'partnerVault' } },
  });
  expect(linesOf(stack, 'ConfigurationError')[0]?.message).toContain(name);

  const firstConsent = await consent(stack);
  expect(await onboard('first')).toMatchObject({ status: 201 });
  const indirect = { associatedPartnerId: '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d' };
  expect(await onboard('indirect', indirect)).toMatchObject({ status: 201 });

  entra.clients.get(clientId)?.secrets.splice(0, 1, 'rotated-client-secret');
  partnerVault.setSecret('partner-client-secret', 'rotated-client-secret');
  expect(await onboard('second')).toMatchObject({ status: 201 });

  const consented = partnerVault.latest(name);
  await instance.host?.runTimer('RenewRefreshToken');
  expect(partnerVault.latest(name)?.version).not.toBe(consented?.version);
  expect(partnerVault.latest(name)?.tags['writtenBy']).toBe('renewal');
  expect(await onboard('third')).toMatchObject({ status: 201 });

  for (const token of entra.refreshTokens.values()) token.revoked = true;
  expect(await onboard('fourth')).toMatchObject({ status: 502, body: { code: 'PartnerAuthenticationFailed' } });
  await expect(instance.host?.runTimer('RenewRefreshToken')).rejects.toThrow('An operator must correct the partner');
  const [alarm] = linesOf(stack, 'RefreshTokenRenewalFailed');
  expect(alarm).toMatchObject({ level: 'error', message: expect.stringContaining('AADSTS50173') as string });

  const secondConsent = await consent(stack);
  expect(await onboard('fourth')).toMatchObject({ status: 201 });
  expectSilence(stack, ['rotated-client-secret'], firstConsent, secondConsent);
});
