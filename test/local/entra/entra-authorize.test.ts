import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EntraEmulator } from './entra-emulator.ts';
import { startEntraEmulator } from './start-entra-emulator.ts';
import { readToken } from '../wire/tokens.ts';

const CLIENT = 'c0ffee00-1234-4abc-8def-0123456789ab';
const REDIRECT = 'http://localhost:50123/callback';
const SCOPE = 'https://api.partnercenter.microsoft.com/user_impersonation offline_access openid';
const VERIFIER = 'v'.repeat(43);

let entra: EntraEmulator;
let base: string;

beforeEach(async () => {
  entra = await startEntraEmulator();
  entra.registerApp({ clientId: CLIENT, secrets: ['secret'] });
  base = `${entra.url}/${entra.tenantId}/oauth2/v2.0`;
});

afterEach(() => entra.close());

async function signIn(changes: Record<string, string> = {}): Promise<URLSearchParams> {
  const query = new URLSearchParams({
    client_id: CLIENT,
    response_type: 'code',
    redirect_uri: REDIRECT,
    scope: SCOPE,
    state: 'state-1',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
    ...changes,
  });
  const answer = await fetch(`${base}/authorize?${query.toString()}`, { redirect: 'manual' });
  const location = answer.headers.get('location') ?? 'http://none/?error=no-redirect';
  return new URL(location).searchParams;
}

async function redeem(code: string | null, changes: Record<string, string> = {}): Promise<Record<string, unknown>> {
  const form = {
    grant_type: 'authorization_code',
    client_id: CLIENT,
    client_secret: 'secret',
    code: code ?? '',
    redirect_uri: REDIRECT,
    code_verifier: VERIFIER,
    ...changes,
  };
  const answer = await fetch(`${base}/token`, { method: 'POST', body: new URLSearchParams(form) });
  return (await answer.json()) as Record<string, unknown>;
}

test('redirects with code and state, and issues tokens for the code once', async () => {
  const back = await signIn({ nonce: 'n-1' });
  expect(back.get('state')).toBe('state-1');
  expect(await redeem(back.get('code'), { code_verifier: 'wrong' })).toMatchObject({ error_codes: [501481] });
  expect(await redeem(back.get('code'), { redirect_uri: 'http://localhost:1/' })).toMatchObject({
    error_codes: [500112],
  });
  const tokens = await redeem(back.get('code'));
  expect(readToken(String(tokens['access_token']))).toMatchObject({ scp: 'user_impersonation', amr: ['pwd', 'mfa'] });
  expect(readToken(String(tokens['id_token']))).toMatchObject({ aud: CLIENT, nonce: 'n-1' });
  expect(entra.refreshTokens.get(String(tokens['refresh_token']))).toMatchObject({ clientId: CLIENT, mfa: true });
  expect(await redeem(back.get('code'))).toMatchObject({ error: 'invalid_grant', error_codes: [54005] });
});

test('redirects with an error when the person declines or the request is wrong', async () => {
  expect((await signIn({ scope: 'https://example.com/x' })).get('error')).toBe('invalid_resource');
  expect((await signIn({ code_challenge_method: 'plain' })).get('error')).toBe('invalid_grant');
  entra.signIn.refusal = 65004;
  const back = await signIn();
  expect(back.get('error')).toBe('access_denied');
  expect(back.has('code')).toBe(false);
});

test('can return a wrong state, a person without MFA, or one of another tenant', async () => {
  Object.assign(entra.signIn, { state: 'forged', mfa: 'when-asked', tenantId: 'another-tenant' });
  const back = await signIn();
  expect(back.get('state')).toBe('forged');
  const weak = await redeem(back.get('code'));
  expect(readToken(String(weak['access_token']))).toMatchObject({ amr: ['pwd'], tid: 'another-tenant' });
  const strong = await redeem((await signIn({ amr_values: 'mfa' })).get('code'));
  expect(readToken(String(strong['access_token']))?.amr).toEqual(['pwd', 'mfa']);
});

test('shows a page and does not redirect to an address that is not registered', async () => {
  expect((await signIn({ redirect_uri: 'https://example.com/' })).get('error')).toBe('no-redirect');
  expect((await signIn({ client_id: 'nobody' })).get('error')).toBe('no-redirect');
});
