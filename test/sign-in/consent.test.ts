import { expect, test } from 'vitest';
import { runConsent } from './consent-rig.ts';
import { clientId, startRig, type Rig } from './rig.ts';

const name = 'partner-refresh-token';
const versions = (rig: Rig) => rig.vault.versions(name).length;

for (const credential of ['secret', 'certificate', 'managed-identity'] as const) {
  test(`stores the refresh token of a person with MFA, with ${credential}, and prints neither code nor token`, async () => {
    const rig = await startRig({ flow: 'app+user', credential });
    const { printed, refusal, page } = await runConsent(rig);
    expect(refusal).toBeUndefined();
    expect(page).toContain('The consent is stored.');
    const stored = rig.vault.latest(name);
    expect(rig.entra.issued.at(-1)?.refreshToken).toBe(stored?.value);
    expect(stored?.tags).toEqual({ tenantId: rig.entra.tenantId, clientId, writtenBy: 'consent' });
    expect(printed.join('\n')).toContain(`version ${stored?.version} of the secret ${name} in ${rig.vault.url}`);
    const token = await rig.signIn.accessToken(rig.call());
    expect(rig.entra.issued.at(-1)?.accessToken).toBe(token);
  });
}

test('asks for MFA, with PKCE, state and nonce, at the tenant of the partner', async () => {
  const rig = await startRig({ flow: 'app+user' });
  rig.entra.signIn.mfa = 'when-asked';
  expect((await runConsent(rig)).refusal).toBeUndefined();
  const { path, query } = rig.entra.server.requests.find(({ operation }) => operation === 'authorize') ?? {};
  expect(path).toBe(`/${rig.entra.tenantId}/oauth2/v2.0/authorize`);
  expect(Object.fromEntries(query ?? [])).toMatchObject({
    client_id: clientId,
    response_type: 'code',
    scope: 'https://api.partnercenter.microsoft.com/.default offline_access openid',
    code_challenge_method: 'S256',
    amr_values: 'mfa',
    redirect_uri: expect.stringMatching(/^http:\/\/localhost:\d+\/$/) as string,
    state: expect.stringMatching(/^[\w-]{43}$/) as string,
    nonce: expect.stringMatching(/^[\w-]{43}$/) as string,
    code_challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
  });
});

test('tells a partner whose setting is still app-only what to set', async () => {
  const rig = await startRig();
  const { printed } = await runConsent(rig);
  expect(printed.at(-1)).toContain('PARTNER_AUTH_FLOW');
});

const refusals: Record<string, [spoil: (rig: Rig) => void, sentence: RegExp]> = {
  'a person who does not agree': [(rig) => (rig.entra.signIn.refusal = 65004), /AADSTS65004.*did not agree/],
  'Conditional Access': [(rig) => (rig.entra.signIn.refusal = 53003), /AADSTS53003.*Conditional Access/],
  'a state that is not ours': [(rig) => (rig.entra.signIn.state = 'forged'), /state differs/],
  'a person of another tenant': [
    (rig) => (rig.entra.signIn.tenantId = '11111111-2222-4333-8444-555555555555'),
    /another tenant.*tid/,
  ],
  'a sign-in without MFA': [(rig) => (rig.entra.signIn.mfa = false), /without multi-factor.*amr/],
  'a token for another service': [
    (rig) => (rig.entra.alterClaims = (claims) => ({ ...claims, aud: 'https://graph.windows.net' })),
    /another service.*aud/,
  ],
  'an answer without a refresh token': [(rig) => (rig.entra.refreshTokenAnswer = 'empty'), /no refresh token/],
  'a wrong client secret': [(rig) => rig.app.secrets.splice(0), /client secret is wrong.*AADSTS7000215/],
  'a redeemed code': [(rig) => rig.entra.failNext('AADSTS54005'), /AADSTS54005/],
  'a broken proof of PKCE': [
    (rig) => {
      rig.entra.server.onStage = () => {
        for (const [code, entry] of rig.entra.codes) rig.entra.codes.set(code, { ...entry, challenge: 'x'.repeat(43) });
      };
    },
    /AADSTS501481/,
  ],
  'a nonce that is not ours': [
    (rig) => {
      rig.entra.server.onStage = () => {
        for (const [code, entry] of rig.entra.codes) rig.entra.codes.set(code, { ...entry, nonce: 'n'.repeat(43) });
      };
    },
    /nonce differs/,
  ],
  'a missing client id': [(rig) => rig.vault.softDelete('partner-client-id'), /partner-client-id is missing/],
  'an account without rights': [(rig) => rig.vault.permissions.delete('get'), /partner-tenant-id may not be read/],
  'a vault that takes no write': [(rig) => (rig.vault.readOnly = true), /key-vault.*403.*Key Vault Secrets Officer/],
};
for (const [what, [spoil, sentence]] of Object.entries(refusals)) {
  test(`refuses ${what} with a sentence and stores nothing`, async () => {
    const rig = await startRig({ flow: 'app+user' });
    spoil(rig);
    const { refusal, page } = await runConsent(rig);
    expect(refusal).toMatch(sentence);
    expect(page).not.toContain('is stored.');
    expect(versions(rig)).toBe(1);
  });
}

test('gives up when nobody comes, and ignores what is not the redirect', async () => {
  const rig = await startRig({ flow: 'app+user' });
  const person = async (url: string): Promise<string> => {
    const home = new URL(url).searchParams.get('redirect_uri') ?? '';
    const answers = [
      await fetch(`${home}favicon.ico`),
      await fetch(home),
      await fetch(`${home}?code=x`, { method: 'POST' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    return 'done';
  };
  const { refusal, page } = await runConsent(rig, { person, timeout: 500 });
  expect(page).toBe('done');
  expect(refusal).toMatch(/Nobody came back within 0.5 seconds/);
});

test('does not hang on a person who closes the window', async () => {
  const rig = await startRig({ flow: 'app+user' });
  rig.entra.server.faults.add({ kind: 'slow', delay: 200, matches: ({ operation }) => operation === 'token' });
  const impatient = async (url: string): Promise<string> => {
    const asked = await fetch(url, { redirect: 'manual' });
    return fetch(`${asked.headers.get('location')}`, { signal: AbortSignal.timeout(50) }).then(
      () => 'seen',
      () => 'gone',
    );
  };
  expect((await runConsent(rig, { person: impatient })).refusal).toBeUndefined();
  expect(versions(rig)).toBe(2);
});
