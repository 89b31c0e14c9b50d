import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { vaultError } from '../../local/key-vault/vault-answers.ts';
import { clientId, startRig, type Rig, type RigOptions } from './rig.ts';

const name = 'partner-refresh-token';
const user = (options: RigOptions = {}) => startRig({ flow: 'app+user', refreshTokenDays: 3, ...options });
const stored = (rig: Rig) => rig.vault.versions(name);

async function ask(rig: Rig): Promise<void> {
  await rig.signIn.accessToken(rig.call());
  await rig.signIn.pending();
}

test('writes the rotated refresh token back, with content type and expiry', async () => {
  const rig = await user();
  await ask(rig);
  const [old, rotated, ...more] = stored(rig);
  expect(more).toEqual([]);
  expect(rotated?.value).not.toBe(old?.value);
  expect(rig.entra.refreshTokens.has(rotated?.value ?? '')).toBe(true);
  expect(rotated).toMatchObject({ contentType: 'Refresh token of the partner sign-in' });
  expect(rotated?.tags).toEqual({ tenantId: rig.entra.tenantId, clientId, writtenBy: 'renewal' });
  const days = ((rotated?.exp ?? 0) - Date.now() / 1000) / 86_400;
  expect(days).toBeGreaterThan(89.9);
  expect(days).toBeLessThan(90.1);
});

test('answers before the write has ended', async () => {
  const rig = await user();
  rig.vault.server.onStage = async (stage, { method }) => {
    if (stage === 'arrived' && method === 'PUT') await setTimeout(300);
  };
  await rig.signIn.accessToken(rig.call());
  expect(stored(rig)).toHaveLength(1);
  await rig.signIn.pending();
  expect(stored(rig)).toHaveLength(2);
});

test('writes at most once a day', async () => {
  const rig = await user({ environment: { PARTNER_SECRET_CACHE_SECONDS: '0' } });
  await ask(rig);
  await ask(rig);
  rig.entra.tokenLifetimeSeconds = 1;
  for (let count = 0; count < 3; count++) {
    await rig.signIn.accessToken(rig.call(), { rejected: await rig.signIn.accessToken(rig.call()) });
    await rig.signIn.pending();
  }
  expect(stored(rig)).toHaveLength(2);
});

test('uses the new refresh token from then on without reading the vault again', async () => {
  const rig = await user();
  await ask(rig);
  await rig.signIn.accessToken(rig.call(), { rejected: await rig.signIn.accessToken(rig.call()) });
  expect(rig.forms()[1]?.get('refresh_token')).toBe(stored(rig)[1]?.value);
});

test('never writes an empty or missing refresh token', async () => {
  for (const answer of ['empty', 'omit'] as const) {
    const rig = await user();
    rig.entra.refreshTokenAnswer = answer;
    await ask(rig);
    expect(stored(rig)).toHaveLength(1);
    expect(rig.errors()).toEqual([]);
  }
});

test('never writes after a failed exchange', async () => {
  const refused = await user();
  refused.entra.failNext('AADSTS7000215', 9);
  await expect(ask(refused)).rejects.toMatchObject({ code: 'ConfigurationError' });
  const wrongAudience = await user();
  wrongAudience.entra.alterClaims = (claims) => ({ ...claims, aud: 'https://graph.windows.net' });
  await expect(ask(wrongAudience)).rejects.toMatchObject({ code: 'PartnerAuthenticationFailed' });
  for (const rig of [refused, wrongAudience]) {
    await rig.signIn.pending();
    expect(stored(rig)).toHaveLength(1);
  }
});

test('never writes in the app-only flow', async () => {
  const rig = await user({ flow: 'app' });
  await ask(rig);
  expect(stored(rig)).toHaveLength(1);
});

test('does not overwrite a consent that was stored in the meantime', async () => {
  const rig = await user();
  const { token } = rig.entra.addRefreshToken({ clientId });
  rig.entra.server.onStage = (stage) => {
    if (stage === 'processed') rig.vault.setSecret(name, token);
  };
  await ask(rig);
  expect(stored(rig).map(({ value }) => value === token)).toEqual([false, true]);
});

test('does not fail the call when the write fails, and logs it at error level', async () => {
  const rig = await user();
  rig.vault.readOnly = true;
  await ask(rig);
  expect(stored(rig)).toHaveLength(1);
  expect(rig.errors()).toMatchObject([{ event: 'RefreshTokenNotStored', status: 403, secret: name }]);
});

test.each([
  [403, 'ForbiddenByFirewall', /firewall/, /admit the subnet/],
  [409, 'ObjectIsDeletedButRecoverable', /soft-deleted/, /recover or purge/],
])('reports why a vault refuses the new token, and the remedy: %i %s', async (status, code, reason, remedy) => {
  const rig = await user();
  const answer = vaultError(status, 'Refused', 'No.', code);
  rig.vault.server.faults.add({ kind: 'status', answer, matches: ({ method }) => method === 'PUT', times: 9 });
  await ask(rig);
  const [line] = rig.errors();
  expect(line).toMatchObject({ event: 'RefreshTokenNotStored', status, code });
  expect([line?.['reason'], line?.['remedy']]).toEqual([expect.stringMatching(reason), expect.stringMatching(remedy)]);
});

test('repeats a write that failed because of an outage', async () => {
  const rig = await user({ environment: { ONBOARDING_TIMEOUT_SECONDS: '4' } });
  rig.vault.server.faults.add({ kind: 'html-502', matches: ({ method }) => method === 'PUT', times: 2 });
  await ask(rig);
  expect(stored(rig)).toHaveLength(2);
  expect(rig.errors()).toEqual([]);
});

test('raises an alarm for a refresh token older than 60 days', async () => {
  const young = await user({ refreshTokenDays: 60 });
  await ask(young);
  expect(young.errors()).toEqual([]);
  const old = await user({ refreshTokenDays: 61 });
  await ask(old);
  expect(old.errors()).toMatchObject([{ event: 'RefreshTokenOld', ageDays: 61, secret: name }]);
});
