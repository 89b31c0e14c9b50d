import { afterEach, beforeEach, expect, test } from 'vitest';
import { EMULATED_PARTNER_TENANT_ID, type EntraEmulator } from './entra-emulator.ts';
import { startEntraEmulator } from './start-entra-emulator.ts';
import { readToken } from '../wire/tokens.ts';

const RESOURCE = 'https://api.partnercenter.microsoft.com';
const CLIENT = 'c0ffee00-1234-4abc-8def-0123456789ab';
const SECRET = { client_id: CLIENT, client_secret: 'old~secret' };
const SCOPE = `${RESOURCE}/user_impersonation offline_access`;

let entra: EntraEmulator;

beforeEach(async () => {
  entra = await startEntraEmulator();
  entra.registerApp({ clientId: CLIENT, secrets: ['old~secret'] });
});

afterEach(() => entra.close());

interface Reply {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

async function ask(
  form: Record<string, string>,
  version: 1 | 2 = 2,
  tenant = EMULATED_PARTNER_TENANT_ID,
): Promise<Reply> {
  const path = version === 1 ? 'oauth2/token' : 'oauth2/v2.0/token';
  const answer = await fetch(`${entra.url}/${tenant}/${path}`, { method: 'POST', body: new URLSearchParams(form) });
  return { status: answer.status, body: (await answer.json()) as Reply['body'] };
}

function refresh(token: unknown, version: 1 | 2 = 2): Promise<Reply> {
  const audience = version === 1 ? { resource: RESOURCE } : { scope: SCOPE };
  return ask({ grant_type: 'refresh_token', refresh_token: String(token), ...SECRET, ...audience }, version);
}

test('answers client credentials over v1 with numbers as text', async () => {
  const { status, body } = await ask({ grant_type: 'client_credentials', resource: RESOURCE, ...SECRET }, 1);
  expect(status).toBe(200);
  expect(body).toMatchObject({ token_type: 'Bearer', expires_in: '3599', resource: RESOURCE });
  expect(body['expires_on']).toMatch(/^\d{10}$/);
  const claims = readToken(String(body['access_token']));
  expect(claims).toMatchObject({ aud: RESOURCE, appid: CLIENT, tid: EMULATED_PARTNER_TENANT_ID, idtyp: 'app' });
  expect(claims).not.toHaveProperty('scp');
});

test('answers client credentials over v2 with numbers, for one default scope only', async () => {
  const form = { grant_type: 'client_credentials', ...SECRET };
  const { body } = await ask({ ...form, scope: `${RESOURCE}/.default` });
  expect(body).toMatchObject({ expires_in: 3599 });
  expect(readToken(String(body['access_token']))?.aud).toBe(RESOURCE);
  expect((await ask({ ...form, scope: SCOPE })).body['error']).toBe('invalid_scope');
  expect((await ask({ ...form, scope: 'https://example.com/.default' })).body['error_codes']).toEqual([500011]);
});

test('accepts every valid secret, and distinguishes an expired from a wrong one', async () => {
  const app = entra.registerApp({ clientId: CLIENT, secrets: ['new', 'old~secret'], expiredSecrets: ['over'] });
  const codes = async (secret: string): Promise<unknown> =>
    (await ask({ grant_type: 'client_credentials', scope: `${RESOURCE}/.default`, ...SECRET, client_secret: secret }))
      .body['error_codes'];
  expect(await codes('new')).toBeUndefined();
  expect(await codes('old~secret')).toBeUndefined();
  app.secrets.pop();
  expect(await codes('old~secret')).toEqual([7000215]);
  expect(await codes('over')).toEqual([7000222]);
  expect(await codes('')).toEqual([7000218]);
});

test('rotates a refresh token on each exchange and keeps the old one valid', async () => {
  const first = entra.addRefreshToken({ clientId: CLIENT });
  const { body } = await refresh(first.token);
  expect(readToken(String(body['access_token']))).toMatchObject({ scp: 'user_impersonation', amr: ['pwd', 'mfa'] });
  expect(body['refresh_token']).not.toBe(first.token);
  expect((await refresh(body['refresh_token'], 1)).body).toMatchObject({
    expires_in: '3599',
    scope: 'user_impersonation',
  });
  expect((await refresh(first.token)).status).toBe(200);
  entra.refreshTokenAnswer = 'omit';
  expect((await refresh(first.token)).body).not.toHaveProperty('refresh_token');
  entra.refreshTokenAnswer = 'empty';
  expect((await refresh(first.token)).body['refresh_token']).toBe('');
});

test('refuses refresh tokens that are revoked, expired, of another app or unknown', async () => {
  const day = 86_400;
  const token = entra.addRefreshToken({ clientId: CLIENT });
  const old = entra.addRefreshToken({ clientId: CLIENT, issuedAt: Math.floor(Date.now() / 1000) - 91 * day });
  const foreign = entra.addRefreshToken({ clientId: 'other' });
  expect((await refresh(old.token)).body['error_codes']).toEqual([700082]);
  expect((await refresh(foreign.token)).body['error_codes']).toEqual([70000]);
  expect((await refresh('nonsense')).body['error_codes']).toEqual([70000]);
  token.revoked = true;
  expect((await refresh(token.token)).body).toMatchObject({ error: 'invalid_grant', error_codes: [50173] });
});

test('issues tokens without MFA, and invalid ones, on request', async () => {
  const weak = entra.addRefreshToken({ clientId: CLIENT, mfa: false });
  expect(readToken(String((await refresh(weak.token)).body['access_token']))?.amr).toEqual(['pwd']);
  entra.alterClaims = (claims) => ({ ...claims, aud: 'https://graph.windows.net' });
  expect(readToken(String((await refresh(weak.token)).body['access_token']))?.aud).toBe('https://graph.windows.net');
});

test('does not know other tenants and apps', async () => {
  const form = { grant_type: 'client_credentials', scope: `${RESOURCE}/.default`, ...SECRET };
  expect((await ask(form, 2, 'contoso.example')).body).toMatchObject({ error_codes: [90002] });
  expect((await ask({ ...form, client_id: 'nobody' })).body).toMatchObject({ error: 'unauthorized_client' });
});

test.each([
  ['AADSTS700082', 400, 'invalid_grant'],
  ['AADSTS50173', 400, 'invalid_grant'],
  ['AADSTS70000', 400, 'invalid_grant'],
  ['AADSTS70008', 400, 'invalid_grant'],
  ['AADSTS50076', 400, 'invalid_grant'],
  ['AADSTS50079', 400, 'invalid_grant'],
  ['AADSTS50078', 400, 'invalid_grant'],
  ['AADSTS53003', 400, 'invalid_grant'],
  ['AADSTS65001', 400, 'invalid_grant'],
  ['AADSTS500011', 400, 'invalid_resource'],
  ['AADSTS700016', 400, 'unauthorized_client'],
  ['AADSTS90002', 400, 'invalid_request'],
  ['AADSTS7000215', 401, 'invalid_client'],
  ['AADSTS7000222', 401, 'invalid_client'],
  ['AADSTS700027', 401, 'invalid_client'],
  ['AADSTS700024', 401, 'invalid_client'],
  ['AADSTS70021', 400, 'invalid_request'],
  ['AADSTS90033', 503, 'temporarily_unavailable'],
  ['AADSTS50196', 400, 'invalid_grant'],
])('answers %s on request', async (code, status, error) => {
  entra.failNext(code);
  const form = { grant_type: 'client_credentials', scope: `${RESOURCE}/.default`, ...SECRET };
  const failed = await ask(form);
  expect(failed).toMatchObject({ status, body: { error, error_codes: [Number(code.slice(6))] } });
  expect(failed.body['error_description']).toMatch(new RegExp(`^${code}: `));
  expect((await ask(form)).status).toBe(200);
});
