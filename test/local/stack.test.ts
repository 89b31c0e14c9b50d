import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Instance } from './instance.ts';
import { startStack, type Stack, type StackOptions } from './stack.ts';
import { buildHelloApp } from './build-hello-app.ts';

let appRoot: string;
let remove: () => Promise<void>;

beforeAll(async () => {
  ({ appRoot, remove } = await buildHelloApp());
});
afterAll(() => remove());

async function withStack(options: StackOptions, use: (stack: Stack) => Promise<void>): Promise<void> {
  const stack = await startStack({ appRoot, ...options });
  try {
    await use(stack);
  } finally {
    await stack.close();
  }
}

async function getVaultToken({ environment: env }: Stack): Promise<string> {
  const query = `api-version=2019-08-01&resource=https://vault.azure.net&client_id=${env['AZURE_CLIENT_ID']}`;
  const headers = { 'x-identity-header': env['IDENTITY_HEADER'] ?? '' };
  const answer = await fetch(`${env['IDENTITY_ENDPOINT']}?${query}`, { headers });
  return ((await answer.json()) as { access_token: string }).access_token;
}

async function getSecret(vault: string | undefined, name: string, token: string): Promise<Response> {
  return fetch(`${vault}/secrets/${name}?api-version=7.6`, { headers: { authorization: `Bearer ${token}` } });
}

test('lets the app sign in to Partner Center with the settings of its environment', async () => {
  await withStack({}, async (stack) => {
    const token = await getVaultToken(stack);
    const read = async (name: string): Promise<string> => {
      const answer = await getSecret(stack.environment['PARTNER_VAULT_URL'], name, token);
      return ((await answer.json()) as { value: string }).value;
    };
    const [tenantId, clientId, clientSecret] = await Promise.all(
      ['partner-tenant-id', 'partner-client-id', 'partner-client-secret'].map(read),
    );
    const answer = await fetch(`${stack.environment['PARTNER_AUTHORITY_URL']}/${tenantId}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId ?? '',
        client_secret: clientSecret ?? '',
        scope: 'https://api.partnercenter.microsoft.com/.default',
      }),
    });
    const { access_token: partnerToken } = (await answer.json()) as { access_token: string };
    const probe = await fetch(`${stack.environment['PARTNER_CENTER_URL']}/v1/domains/free.onmicrosoft.com`, {
      method: 'HEAD',
      headers: { authorization: `Bearer ${partnerToken}` },
    });
    expect(probe.status).toBe(404);
    expect(stack.partnerSecrets).toEqual([clientSecret]);
  });
});

test('lets the app write to credential vaults but not get from them', async () => {
  await withStack({ fallbackVault: true }, async (stack) => {
    const token = await getVaultToken(stack);
    for (const vault of ['CREDENTIAL_VAULT_URL', 'CREDENTIAL_VAULT_FALLBACK_URL']) {
      expect((await getSecret(stack.environment[vault], 'any', token)).status).toBe(403);
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const url = `${stack.environment[vault]}/secrets/any?api-version=7.6`;
      expect((await fetch(url, { method: 'PUT', headers, body: '{"value":"x"}' })).status).toBe(200);
    }
  });
});

test.each([
  { flow: 'app+user', credential: 'secret', names: ['partner-client-secret', 'partner-refresh-token'] },
  { flow: 'app', credential: 'certificate', names: ['partner-client-certificate'] },
  { flow: 'app', credential: 'managed-identity', names: [] },
] as const)('seeds the secrets of flow $flow with credential $credential', async ({ flow, credential, names }) => {
  await withStack({ flow, credential, cloud: 'china' }, async (stack) => {
    const common = ['partner-client-id', 'partner-tenant-id'];
    const seeded = [...stack.partnerVault.secrets.keys()].toSorted((left, right) => left.localeCompare(right));
    expect(seeded).toEqual([...names, ...common].toSorted((left, right) => left.localeCompare(right)));
    expect(stack.environment).toMatchObject({
      PARTNER_CLOUD: 'china',
      PARTNER_AUTH_FLOW: flow,
      PARTNER_CLIENT_CREDENTIAL: credential,
    });
    expect(stack.partnerSecrets.every((secret) => secret.length > 20)).toBe(true);
  });
});

test('starts instances with their own settings, disconnects one and kills another', async () => {
  await withStack({ settings: { COLOR: 'red' } }, async (stack) => {
    const first = await stack.startInstance();
    const second = await stack.startInstance({ env: { COLOR: 'blue' }, fronts: true });
    const third = await stack.startInstance({ process: true });
    for (const [instance, color] of [
      [first, 'red'],
      [second, 'blue'],
      [third, 'red'],
    ] as const) {
      expect(await (await instance.call('/api/environment')).json()).toMatchObject({ color });
    }
    const ask = async (instance: Instance): Promise<string> =>
      (
        await instance.call(
          `/api/upstream?url=${encodeURIComponent(instance.environment['CREDENTIAL_VAULT_URL'] ?? '')}`,
        )
      ).text();
    await ask(first);
    await ask(second);
    expect(stack.credentialVault.server.requests.map((request) => request.front)).toEqual(['main', 'instance-2']);
    await Promise.all([first.cut(), second.cut(), third.kill()]);
    for (const instance of [first, second]) expect(await ask(instance)).toContain('ECONNREFUSED');
    expect((await first.call('/api/secured')).status).toBe(200);
    await expect(third.call('/api/secured')).rejects.toThrow('fetch failed');
    expect(stack.logLines.some((entry) => entry.message === 'from the context')).toBe(true);
  });
});
