import { expect, test } from 'vitest';
import { catchError } from './catch-error.ts';
import { clientId, startRig, type Rig } from './rig.ts';

const name = 'partner-refresh-token';
const renew = async (rig: Rig) => rig.signIn.renewRefreshToken(rig.call());

for (const credential of ['secret', 'certificate', 'managed-identity'] as const) {
  test(`stores a new refresh token even when the old one is of today, with ${credential}`, async () => {
    const rig = await startRig({ flow: 'app+user', credential });
    await renew(rig);
    expect(rig.vault.versions(name)).toHaveLength(2);
    expect(rig.lines).toContainEqual(expect.objectContaining({ event: 'RefreshTokenStored', secret: name }));
    expect(rig.errors()).toEqual([]);
    await renew(rig);
    expect(rig.forms()[1]?.get('refresh_token')).toBe(rig.vault.versions(name)[1]?.value);
  });
}

test('does nothing in the app-only flow', async () => {
  const rig = await startRig();
  await renew(rig);
  expect(rig.forms()).toEqual([]);
  expect(rig.errors()).toEqual([]);
});

test('uses the refresh token that is in the vault now, not a cached one', async () => {
  const rig = await startRig({ flow: 'app+user' });
  await rig.signIn.accessToken(rig.call());
  const { token } = rig.entra.addRefreshToken({ clientId });
  rig.vault.setSecret(name, token);
  await renew(rig);
  expect(rig.forms()[1]?.get('refresh_token')).toBe(token);
});

test('raises an alarm with the code when the renewal is refused', async () => {
  const rig = await startRig({ flow: 'app+user', refreshTokenDays: 91 });
  for (const token of rig.entra.refreshTokens.values()) token.expired = true;
  const error = await catchError(rig, renew(rig));
  expect(error.code).toBe('PartnerAuthenticationFailed');
  expect(rig.errors('RefreshTokenRenewalFailed')).toMatchObject([
    { code: 'AADSTS700082', secret: name, ageDays: 91, reason: expect.stringContaining('npm run consent') as string },
  ]);
  expect(rig.errors('RefreshTokenOld')).not.toEqual([]);
});

test('raises an alarm when the new refresh token cannot be written', async () => {
  const rig = await startRig({ flow: 'app+user' });
  rig.vault.permissions.delete('set');
  const error = await catchError(rig, renew(rig));
  expect(error.code).toBe('VaultUnavailable');
  expect(rig.errors().map(({ event }) => event)).toEqual(['RefreshTokenNotStored', 'RefreshTokenRenewalFailed']);
});

test('raises an alarm when no new refresh token was returned, and keeps the old one', async () => {
  for (const answer of ['omit', 'empty'] as const) {
    const rig = await startRig({ flow: 'app+user' });
    rig.entra.refreshTokenAnswer = answer;
    expect((await catchError(rig, renew(rig))).code).toBe('PartnerCenterError');
    expect(rig.errors('RefreshTokenRenewalFailed')).toHaveLength(1);
    expect(rig.vault.versions(name)).toHaveLength(1);
  }
});

test('raises an alarm when a partner secret is missing', async () => {
  const rig = await startRig({ flow: 'app+user' });
  rig.vault.softDelete('partner-client-secret');
  expect((await catchError(rig, renew(rig))).code).toBe('ConfigurationError');
  expect(rig.errors('RefreshTokenRenewalFailed')).toMatchObject([{ secret: 'partner-client-secret' }]);
});

test('is harmless on several instances at once: the vault ends with a token that works', async () => {
  const rig = await startRig({ flow: 'app+user' });
  await Promise.all([renew(rig), renew(rig), rig.signIn.accessToken(rig.call())]);
  await rig.signIn.pending();
  expect(rig.entra.refreshTokens.get(rig.vault.latest(name)?.value ?? '')?.revoked).toBe(false);
  expect(rig.errors()).toEqual([]);
});
