import { ManagedIdentityCredential } from '@azure/identity';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ManagedIdentityEmulator } from './managed-identity-emulator.ts';
import { startManagedIdentityEmulator } from './start-managed-identity-emulator.ts';
import { readToken } from '../wire/tokens.ts';

let identity: ManagedIdentityEmulator;

// The SDK caches the first endpoint and its tokens for the whole process: one emulator serves all tests.
beforeAll(async () => {
  identity = await startManagedIdentityEmulator();
  Object.assign(process.env, identity.environment);
});

afterAll(() => identity.close());

function credential(clientId?: string): ManagedIdentityCredential {
  const options = { retryOptions: { maxRetries: 0 } };
  return new ManagedIdentityCredential(clientId === undefined ? options : { ...options, clientId });
}

test('issues the SDK a token for the requested resource', async () => {
  identity.tokenLifetimeSeconds = 600;
  const { token, expiresOnTimestamp } = await credential(identity.clientId).getToken(
    'api://AzureADTokenExchange/.default',
  );
  expect(readToken(token)).toMatchObject({
    aud: 'api://AzureADTokenExchange',
    appid: identity.clientId,
    sub: identity.principalId,
    iss: identity.issuer,
    idtyp: 'app',
  });
  expect(Math.abs(expiresOnTimestamp - Date.now() - 600_000)).toBeLessThan(5000);
});

test('uses its own identity for a request without a client id', async () => {
  const { token } = await credential().getToken('https://vault.azure.cn/.default');
  expect(readToken(token)).toMatchObject({ aud: 'https://vault.azure.cn', appid: identity.clientId });
});

test('refuses a wrong header, an unknown client id and an unknown resource', async () => {
  const ask = async (query: string, header = identity.header): Promise<number> =>
    (await fetch(`${identity.endpoint}?api-version=2019-08-01&${query}`, { headers: { 'x-identity-header': header } }))
      .status;
  expect(await ask('resource=https://vault.azure.net')).toBe(200);
  expect(await ask('resource=https://vault.azure.net', 'wrong')).toBe(401);
  expect(await ask('resource=https://vault.azure.net&client_id=other')).toBe(400);
  expect(await ask('resource=https://example.com')).toBe(400);
  await expect(credential('00000000-0000-0000-0000-000000000000').getToken('https://vault.azure.net')).rejects.toThrow(
    /ManagedIdentityCredential/,
  );
});

test('throttles on request, and the SDK does not retry', async () => {
  identity.server.faults.add({ kind: 'status', matches: () => true, answer: { status: 429 } });
  const before = identity.server.requests.length;
  await expect(credential().getToken('https://vault.usgovcloudapi.net')).rejects.toThrow(/ManagedIdentityCredential/);
  expect(identity.server.requests).toHaveLength(before + 1);
});
