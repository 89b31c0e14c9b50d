import { expect, test } from 'vitest';
import { findSecretFault } from '../../../shared/partner-center/sign-in/partner-secret.ts';
import { catchError } from './catch-error.ts';
import { startRig, type Rig } from './rig.ts';

const ask = (rig: Rig) => rig.signIn.accessToken(rig.call());

test('trims the secrets', async () => {
  const rig = await startRig({ flow: 'app+user' });
  for (const name of ['partner-tenant-id', 'partner-client-id', 'partner-client-secret', 'partner-refresh-token']) {
    rig.vault.setSecret(name, ` ${rig.vault.latest(name)?.value}\r\n`);
  }
  await ask(rig);
  expect(rig.errors()).toEqual([]);
});

const names = ['partner-tenant-id', 'partner-client-id', 'partner-client-secret', 'partner-refresh-token'] as const;
for (const name of names) {
  test(`answers ConfigurationError and names ${name} in the log when it is missing`, async () => {
    const rig = await startRig({ flow: 'app+user' });
    rig.vault.softDelete(name);
    const error = await catchError(rig, ask(rig));
    expect(error).toMatchObject({ code: 'ConfigurationError', status: 500 });
    expect(error.message).not.toContain(name);
    expect(rig.errors()).toMatchObject([
      { event: 'ConfigurationError', secret: name, vault: 'partner', reason: 'is missing in the partner vault' },
    ]);
    expect(rig.forms()).toEqual([]);
  });

  test(`answers ConfigurationError with length and age when ${name} is blank`, async () => {
    const rig = await startRig({ flow: 'app+user' });
    rig.vault.setSecret(name, ' \n');
    expect((await catchError(rig, ask(rig))).code).toBe('ConfigurationError');
    expect(rig.errors()).toMatchObject([
      { event: 'ConfigurationError', secret: name, reason: 'is empty', length: 0, ageDays: 0 },
    ]);
  });
}

test('names every secret that the app may not read', async () => {
  const rig = await startRig();
  rig.vault.permissions.delete('get');
  expect((await catchError(rig, ask(rig))).code).toBe('ConfigurationError');
  const faults = rig.errors().map(({ secret, reason }) => `${secret}: ${reason}`);
  expect(faults.sort()).toEqual(
    ['partner-client-id', 'partner-client-secret', 'partner-tenant-id'].map(
      (name) => `${name}: may not be read: no permission to read secrets`,
    ),
  );
});

test('names a disabled secret', async () => {
  const rig = await startRig();
  rig.vault.setSecret('partner-client-secret', 'some-other-secret', { enabled: false });
  expect((await catchError(rig, ask(rig))).code).toBe('ConfigurationError');
  expect(rig.errors()).toMatchObject([{ secret: 'partner-client-secret' }]);
});

test('explains a tenant or client id with the wrong format', async () => {
  const rig = await startRig();
  rig.vault.setSecret('partner-tenant-id', 'Contoso Partner Ltd');
  rig.vault.setSecret('partner-client-id', 'my-app');
  expect((await catchError(rig, ask(rig))).code).toBe('ConfigurationError');
  const faults = rig.errors().map(({ secret, length, reason }) => [secret, length, reason]);
  // Both are read in parallel, so either may come first.
  expect(faults.toSorted((a, b) => String(a[0]).localeCompare(String(b[0])))).toEqual([
    ['partner-client-id', 6, expect.stringContaining('not a GUID')],
    ['partner-tenant-id', 19, expect.stringContaining('neither a GUID nor a domain')],
  ]);
});

test('accepts a GUID or a domain as tenant and a GUID as client', () => {
  const guid = '8A6c2f1d-3e7b-4d59-9c10-5b7e2d9f4c33';
  for (const tenant of [guid, 'contoso.onmicrosoft.com', 'a.io']) {
    expect(findSecretFault('partner-tenant-id', tenant)).toBeUndefined();
  }
  for (const tenant of ['common', 'a b.com', 'https://contoso.com', `${guid}/..`, '-a.com']) {
    expect(findSecretFault('partner-tenant-id', tenant)).toBeDefined();
  }
  expect(findSecretFault('partner-client-id', guid)).toBeUndefined();
  expect(findSecretFault('partner-client-id', 'contoso.com')).toBeDefined();
});

test('waits for the end of a short outage of the vault', async () => {
  const rig = await startRig({ environment: { ONBOARDING_TIMEOUT_SECONDS: '4' } });
  rig.vault.server.faults.add({ kind: 'html-502', matches: () => true, times: 3 });
  await ask(rig);
  expect(rig.errors()).toEqual([]);
});

test('answers VaultUnavailable with a Retry-After when the vault stays unavailable', async () => {
  const rig = await startRig({ environment: { ONBOARDING_TIMEOUT_SECONDS: '4' } });
  rig.vault.outage = true;
  const error = await catchError(rig, ask(rig));
  expect(error).toMatchObject({ code: 'VaultUnavailable', status: 503, facts: { retryAfter: 30 } });
  expect(rig.errors('VaultUnavailable')[0]).toMatchObject({ vault: 'partner' });
  rig.vault.outage = false;
  await ask(rig);
});

test('reports a missing secret before an outage, because waiting would not help', async () => {
  const rig = await startRig({ environment: { ONBOARDING_TIMEOUT_SECONDS: '4' } });
  rig.vault.softDelete('partner-client-secret');
  rig.vault.server.faults.add({ kind: 'html-502', matches: ({ path }) => path.includes('client-id'), times: 99 });
  expect((await catchError(rig, ask(rig))).code).toBe('ConfigurationError');
});
