import { expect, test } from 'vitest';
import { vaultError } from '../../local/key-vault/vault-answers.ts';
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
    expect(printed.join('\n')).toContain('integration.account@partner.example consented.');
    expect(printed.join('\n')).toMatch(
      /If http:\/\/localhost:\d+\/ was registered for this alone, remove it again.*az ad app update --id/,
    );
    expect(printed.join('\n')).toContain(`version ${stored?.version} of the secret ${name} in ${rig.vault.url}`);
    const token = await rig.signIn.accessToken(rig.call());
    expect(rig.entra.issued.at(-1)?.accessToken).toBe(token);
  });
}

test('requests MFA, with PKCE, state and nonce, at the tenant of the partner', async () => {
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

test('names the setting to change to a partner that is still configured as app-only', async () => {
  const rig = await startRig();
  const { printed } = await runConsent(rig);
  expect(printed.at(-1)).toContain('PARTNER_AUTH_FLOW');
});

const refusals: Record<string, [spoil: (rig: Rig) => void, sentence: RegExp]> = {
  'a person who does not agree': [(rig) => (rig.entra.signIn.refusal = 65004), /AADSTS65004.*did not agree/],
  'Conditional Access': [(rig) => (rig.entra.signIn.refusal = 53003), /AADSTS53003.*Conditional Access/],
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
  'an account outside the firewall': [
    (rig) => refuseWrites(rig, 'ForbiddenByFirewall'),
    /key-vault.*403 ForbiddenByFirewall.*firewall of the vault/,
  ],
  'an authorization code that is too old': [
    (rig) => rig.entra.failNext('AADSTS70008'),
    /^The authorization code has expired\. Run "npm run consent" again/,
  ],
  'a vault that takes no write': [(rig) => (rig.vault.readOnly = true), /key-vault.*403.*Key Vault Secrets Officer/],
};
for (const [what, [spoil, sentence]] of Object.entries(refusals)) {
  test(`refuses ${what} with a message and stores nothing`, async () => {
    const rig = await startRig({ flow: 'app+user' });
    spoil(rig);
    const { refusal, page } = await runConsent(rig);
    expect(refusal).toMatch(sentence);
    expect(page).not.toContain('is stored.');
    expect(versions(rig)).toBe(1);
  });
}

function refuseWrites(rig: Rig, inner: string): void {
  const { server } = rig.vault;
  const answer = { ...vaultError(403, 'Forbidden', 'No.', inner), headers: { 'content-type': 'application/json' } };
  server.faults.add({ kind: 'status', answer, times: 99, matches: ({ operation }) => operation === 'setSecret' });
}
