import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Stack } from '../local/stack.ts';
import { customer, linesOf, post, request, startApp } from './rig.ts';

let stack: Stack;
beforeAll(async () => void ([stack] = await startApp()));
afterAll(() => stack.close());

const wrong: readonly [string, string][] = [
  ['PARTNER_VAULT_URL', ''],
  ['CREDENTIAL_VAULT_URL', 'http://marker.example'],
  ['CREDENTIAL_VAULT_FALLBACK_URL', 'marker'],
  ['ONBOARDING_TABLE_URL', 'https://marker.example'],
  ['PARTNER_CLOUD', 'marker'],
  ['PARTNER_CENTER_URL', 'ftp://marker'],
  ['PARTNER_AUTHORITY_URL', 'marker'],
  ['PARTNER_CENTER_SCOPE', 'mar ker'],
  ['CUSTOMER_DOMAIN_SUFFIX', 'mar ker'],
  ['PARTNER_AUTH_FLOW', 'marker'],
  ['PARTNER_CLIENT_CREDENTIAL', 'marker'],
  ['PARTNER_SECRET_CACHE_SECONDS', 'marker'],
  ['DEFAULT_CULTURE', 'marker'],
  ['DEFAULT_LANGUAGE', 'marker'],
  ['ENABLE_GDAP_BY_DEFAULT', 'marker'],
  ['ADDRESS_VALIDATION', 'marker'],
  ['ONBOARDING_TIMEOUT_SECONDS', 'marker'],
  ['ONBOARDING_LEASE_SECONDS', '10'],
  ['CREDENTIAL_EXPIRY_DAYS', 'marker'],
  ['CALLER_AUTHENTICATION', 'marker'],
];

test.each(wrong)(
  'answers 500 ConfigurationError for a wrong %s, named in the log and not in the answer',
  async (name, value) => {
    const app = await stack.startInstance({ env: { [name]: value } });
    const answers = [
      await post(app, customer()),
      await request(app, '/v1/connection'),
      await request(app, '/v1/customers/x'),
    ];
    for (const answer of answers) {
      expect([answer.status, answer.body.code]).toEqual([500, 'ConfigurationError']);
      expect(answer.text).not.toMatch(new RegExp(`${name}|mar ?ker`));
    }
    expect(linesOf(stack, 'ConfigurationError').at(-1)).toMatchObject({ level: 'error', setting: name });
    expect(JSON.stringify(linesOf(stack, 'ConfigurationError'))).not.toMatch(/mar ?ker/);
    expect((await request(app, '/health')).status).toBe(200);
    await app.kill();
  },
);

test.each(['PARTNER_VAULT_URL', 'CREDENTIAL_VAULT_URL', 'CREDENTIAL_VAULT_FALLBACK_URL'])(
  'names %s with a path after its host, and sends no request',
  async (name) => {
    const from = stack.credentialVault.server.requests.length;
    const app = await stack.startInstance({ env: { [name]: `${stack.credentialVault.url}/secrets` } });
    const answer = await post(app, customer());
    expect([answer.status, answer.body.code]).toEqual([500, 'ConfigurationError']);
    expect(linesOf(stack, 'ConfigurationError').at(-1)).toMatchObject({ level: 'error', setting: name });
    expect(stack.credentialVault.server.requests.length).toBe(from);
    await app.kill();
  },
);

test('names every wrong setting, each in its own line', async () => {
  const from = linesOf(stack, 'ConfigurationError').length;
  await post(
    await stack.startInstance({ env: { ...Object.fromEntries(wrong), ONBOARDING_LEASE_SECONDS: 'x' } }),
    customer(),
  );
  const named = linesOf(stack, 'ConfigurationError')
    .slice(from)
    .map(({ setting }) => setting);
  expect([named.length, new Set(named)]).toEqual([wrong.length, new Set(wrong.map(([name]) => name))]);
});

test('reads the settings and requests one token per service when the app is loaded', async () => {
  const before = stack.identity.server.requests.length;
  const app = await stack.startInstance({ env: { DEFAULT_LANGUAGE: 'es' } });
  await expect.poll(() => stack.identity.server.requests.length).toBe(before + 2);
  const payload = customer();
  expect((await post(app, payload)).body['language']).toBe('es');
  expect(stack.identity.server.requests.length).toBe(before + 2);
  await post(app, customer());
  expect(stack.identity.server.requests.length).toBe(before + 2);
});

test('tolerates a trailing slash in every URL', async () => {
  const names = Object.keys(stack.environment).filter((name) => name.endsWith('_URL'));
  const env = Object.fromEntries(names.map((name) => [name, `${stack.environment[name]}/`]));
  const answer = await post(await stack.startInstance({ env }), customer());
  expect([answer.status, answer.body['vaultUri']]).toEqual([201, stack.credentialVault.url]);
});

test.each([
  ['partner-tenant-id', undefined, 'ConfigurationError'],
  ['partner-tenant-id', 'not a tenant', 'ConfigurationError'],
  ['partner-tenant-id', 'c0ffee00-0000-4000-8000-000000000000', 'ConfigurationError'],
  ['partner-client-id', undefined, 'ConfigurationError'],
  ['partner-client-id', 'not a guid', 'ConfigurationError'],
  ['partner-client-id', 'c0ffee00-0000-4000-8000-000000000000', 'ConfigurationError'],
  ['partner-client-secret', undefined, 'ConfigurationError'],
  ['partner-client-secret', ' ', 'ConfigurationError'],
  ['partner-client-secret', 'not the secret', 'ConfigurationError'],
])('answers 500 ConfigurationError for %s: %s, named in the log and not in the answer', async (name, value, code) => {
  const right = stack.partnerVault.latest(name)?.value ?? '';
  if (value === undefined) stack.partnerVault.softDelete(name);
  else stack.partnerVault.setSecret(name, value);
  const app = await stack.startInstance();
  const answer = await post(app, customer());
  if (value === undefined) stack.partnerVault.recover(name);
  stack.partnerVault.setSecret(name, right);
  expect([answer.status, answer.body.code]).toEqual([500, code]);
  expect(answer.text).not.toContain(name);
  expect(stack.logLines.some(({ message, level }) => level === 'error' && message.includes(`"${name}"`))).toBe(true);
  expect(stack.partnerCenter.createCalls).toBeLessThan(5);
  await app.kill();
});

test.each([
  ['an identity that is not there', { AZURE_CLIENT_ID: 'c0ffee00-0000-4000-8000-000000000000' }],
  ['an identity endpoint that denies', { IDENTITY_HEADER: 'wrong' }],
])('answers 500 ConfigurationError for %s', async (_what, env) => {
  const answer = await post(await stack.startInstance({ env }), customer());
  expect([answer.status, answer.body.code]).toEqual([500, 'ConfigurationError']);
});

test('answers 500 ConfigurationError when the partner vault denies reading', async () => {
  stack.partnerVault.permissions.delete('get');
  const answer = await post(await stack.startInstance(), customer());
  stack.partnerVault.permissions.add('get');
  expect([answer.status, answer.body.code]).toEqual([500, 'ConfigurationError']);
});

test('answers 502 PartnerAuthenticationFailed when Entra requires user interaction, and 502 PartnerCenterError when Entra is down', async () => {
  stack.entra.failNext(53003);
  const refused = await post(await stack.startInstance(), customer());
  expect([refused.status, refused.body.code]).toEqual([502, 'PartnerAuthenticationFailed']);
  stack.entra.failNext(90033, 99);
  const out = await post(await stack.startInstance(), customer());
  expect([out.status, out.body.code]).toEqual([502, 'PartnerCenterError']);
  expect(Number(out.headers.get('retry-after'))).toBeGreaterThan(0);
});
