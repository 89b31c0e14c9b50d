import { expect, test } from 'vitest';
import { makeCertificate } from '../../local/wire/certificate.ts';
import { readCertificate } from '../../local/entra/app-registration.ts';
import { catchError } from './catch-error.ts';
import { clientId, startRig, type Rig } from './rig.ts';

/** Signs in once, lets `rotate` change the vault and Entra, and signs in again with the secrets still cached. */
async function signInAround(rig: Rig, rotate: () => void): Promise<string> {
  const first = await rig.signIn.accessToken(rig.call());
  rotate();
  return rig.signIn.accessToken(rig.call(), { rejected: first });
}

test('picks up a new client secret without a restart', async () => {
  const rig = await startRig();
  await signInAround(rig, () => {
    rig.app.secrets.splice(0, 1, 'the-new-secret');
    rig.vault.setSecret('partner-client-secret', 'the-new-secret');
  });
  expect(rig.forms().map((form) => form.get('client_secret') === 'the-new-secret')).toEqual([false, false, true]);
  expect(rig.errors()).toEqual([]);
});

test('picks up a new certificate without a restart', async () => {
  const rig = await startRig({ credential: 'certificate', flow: 'app+user' });
  const next = makeCertificate('next');
  await signInAround(rig, () => {
    rig.app.certificates.splice(0, 1, readCertificate(next.certificate));
    rig.vault.setSecret('partner-client-certificate', next.privateKey + next.certificate);
  });
  expect(rig.forms()).toHaveLength(3);
  expect(rig.errors()).toEqual([]);
});

test('picks up a new refresh token without a restart', async () => {
  const rig = await startRig({ flow: 'app+user' });
  await signInAround(rig, () => {
    for (const token of rig.entra.refreshTokens.values()) token.revoked = true;
    rig.vault.setSecret('partner-refresh-token', rig.entra.addRefreshToken({ clientId }).token);
  });
  expect(rig.forms()).toHaveLength(3);
  expect(rig.errors()).toEqual([]);
});

test('picks up a consent with MFA after one without', async () => {
  const rig = await startRig({ flow: 'app+user' });
  rig.vault.setSecret('partner-refresh-token', rig.entra.addRefreshToken({ clientId, mfa: false }).token);
  const error = await catchError(rig, rig.signIn.accessToken(rig.call()));
  expect(error.code).toBe('PartnerAuthenticationFailed');
  rig.vault.setSecret('partner-refresh-token', rig.entra.addRefreshToken({ clientId }).token);
  await rig.signIn.accessToken(rig.call());
});

test('picks up a corrected tenant and client id', async () => {
  const rig = await startRig();
  rig.vault.setSecret('partner-tenant-id', 'typo.onmicrosoft.com');
  expect((await catchError(rig, rig.signIn.accessToken(rig.call()))).code).toBe('ConfigurationError');
  rig.vault.setSecret('partner-tenant-id', rig.entra.tenantId);
  await rig.signIn.accessToken(rig.call());
});

test('asks Entra once and reads the vault twice when the same secret is still refused', async () => {
  const rig = await startRig();
  rig.app.secrets.splice(0);
  const error = await catchError(rig, rig.signIn.accessToken(rig.call()));
  expect(error.code).toBe('ConfigurationError');
  expect(rig.forms()).toHaveLength(1);
  const reads = rig.vault.server.requests.filter(
    ({ operation, status }) => operation === 'getSecret' && status === 200,
  );
  expect(reads).toHaveLength(6);
});

test('asks Entra twice, never a third time, when the secret keeps changing', async () => {
  for (const credential of ['secret', 'certificate'] as const) {
    const rig = await startRig({ credential, flow: 'app+user' });
    let version = 0;
    rig.entra.failNext(credential === 'secret' ? 'AADSTS7000215' : 'AADSTS700027', 50);
    rig.vault.server.onStage = (stage, request) => {
      if (stage !== 'answered' || !request.path.includes('refresh-token')) return;
      rig.vault.setSecret('partner-refresh-token', `refresh-token-${++version}`);
    };
    const error = await catchError(rig, rig.signIn.accessToken(rig.call()));
    expect(error.code).toBe('ConfigurationError');
    expect(rig.forms()).toHaveLength(2);
  }
});

test('reports that the vault is unavailable when the second read fails', async () => {
  const rig = await startRig({ environment: { ONBOARDING_TIMEOUT_SECONDS: '4' } });
  rig.app.secrets.splice(0);
  rig.entra.server.onStage = (stage) => {
    if (stage === 'answered') rig.vault.outage = true;
  };
  const error = await catchError(rig, rig.signIn.accessToken(rig.call()));
  expect(error.code).toBe('VaultUnavailable');
});
