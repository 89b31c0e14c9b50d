import { expect, test } from 'vitest';
import { checkAccessToken, decodeClaims } from '../../../shared/partner-center/sign-in/token-claims.ts';
import { SignInRefusal } from '../../../shared/partner-center/sign-in/sign-in-refusal.ts';
import type { TokenClaims } from '../../local/wire/tokens.ts';
import { catchError } from './catch-error.ts';
import { startRig } from './rig.ts';

const scope = 'https://api.partnercenter.microsoft.com/.default';
const token = (claims: unknown) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;

function claimRefused(text: string, withUser = false, asked = scope): string | undefined {
  try {
    checkAccessToken(text, { scope: asked, withUser });
    return undefined;
  } catch (error) {
    return error instanceof SignInRefusal ? error.refusal.claim : 'unexpected';
  }
}

test('accepts the audience of the scope, with or without a slash, as a GUID, or in a list', () => {
  const audiences = [
    'https://api.partnercenter.microsoft.com',
    'https://api.partnercenter.microsoft.com/',
    'https://API.partnercenter.microsoft.com',
    'fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd',
    ['https://api.partnercenter.microsoft.com'],
    undefined,
  ];
  for (const aud of audiences) expect(claimRefused(token({ aud }))).toBeUndefined();
});

test('finds the resource in a scope that names a permission, or nothing but the resource', () => {
  const resource = 'https://api.partnercenter.microsoft.com';
  for (const asked of [`${resource}/user_impersonation`, `${resource}//.default`, resource, `${resource}/`]) {
    expect(claimRefused(token({ aud: resource }), false, asked)).toBeUndefined();
    expect(claimRefused(token({ aud: 'https://graph.windows.net' }), false, asked)).toBe('aud');
  }
});

test('refuses an audience that is another service', () => {
  for (const aud of ['https://graph.windows.net', 'https://graph.microsoft.com', 'api://something']) {
    expect(claimRefused(token({ aud }))).toBe('aud');
  }
});

test('requires mfa among the amr claims of a user, and only of a user', () => {
  const aud = 'https://api.partnercenter.microsoft.com';
  expect(claimRefused(token({ aud, amr: ['pwd', 'mfa'] }), true)).toBeUndefined();
  expect(claimRefused(token({ aud, amr: 'mfa' }), true)).toBeUndefined();
  for (const amr of [['pwd'], [], undefined, ['pwd,mfa'], { mfa: true }]) {
    expect(claimRefused(token({ aud, amr }), true)).toBe('amr');
    expect(claimRefused(token({ aud, amr }))).toBeUndefined();
  }
});

test('lets Partner Center judge a token that it cannot read', () => {
  const unreadable = ['opaque', 'a.b', 'a.b.c', 'a.b.c.d.e', token([1]), token('x'), `x.${'%'.repeat(8)}.y`, ''];
  for (const text of unreadable) {
    expect(decodeClaims(text)).toBeUndefined();
    expect(claimRefused(text, true)).toBeUndefined();
  }
});

const spoiled: Record<'aud' | 'amr', (claims: TokenClaims) => TokenClaims> = {
  aud: (claims) => ({ ...claims, aud: 'https://graph.windows.net' }),
  amr: (claims) => ({ ...claims, amr: ['pwd'] }),
};
for (const claim of ['aud', 'amr'] as const) {
  test(`answers PartnerAuthenticationFailed and names the claim ${claim} in the log before the token is used`, async () => {
    const rig = await startRig({ flow: 'app+user' });
    rig.entra.alterClaims = spoiled[claim];
    const error = await catchError(rig, rig.signIn.accessToken(rig.call()));
    expect(error).toMatchObject({ code: 'PartnerAuthenticationFailed', status: 502 });
    expect(rig.errors()).toMatchObject([{ event: 'PartnerAuthenticationFailed', claim }]);
    expect(rig.forms()).toHaveLength(1);
  });
}
