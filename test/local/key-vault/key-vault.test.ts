import { ManagedIdentityCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ManagedIdentityEmulator } from '../identity/managed-identity-emulator.ts';
import { startManagedIdentityEmulator } from '../identity/start-managed-identity-emulator.ts';
import type { KeyVaultEmulator } from './key-vault-emulator.ts';
import { startKeyVaultEmulator } from './start-key-vault-emulator.ts';
import { EMULATED_TENANT_ID, mintToken } from '../wire/tokens.ts';

let vault: KeyVaultEmulator;
let identity: ManagedIdentityEmulator;
let client: SecretClient;

// The SDK caches the first identity endpoint for the whole process: one emulator serves all tests.
beforeAll(async () => {
  identity = await startManagedIdentityEmulator();
  Object.assign(process.env, identity.environment);
});
afterAll(() => identity.close());

beforeEach(async () => {
  vault = await startKeyVaultEmulator();
  client = connect(vault.url);
});

afterEach(() => vault.close());

function connect(url: string): SecretClient {
  const credential = new ManagedIdentityCredential({ clientId: identity.clientId });
  const plainHttp = { allowInsecureConnection: true, disableChallengeResourceVerification: true };
  return new SecretClient(url, credential, { ...plainHttp, retryOptions: { maxRetries: 0 } });
}

function send(path: string, init: RequestInit = {}, aud = 'https://vault.azure.net'): Promise<Response> {
  const token = mintToken({ aud, tid: EMULATED_TENANT_ID, appid: 'app', exp: Math.ceil(Date.now() / 1000) + 60 });
  return fetch(`${vault.url}${path}?api-version=7.5`, { headers: { authorization: `Bearer ${token}` }, ...init });
}

test('stores what the SDK sets, by version, after a challenge', async () => {
  const expiresOn = new Date(1_900_000_000_000);
  const set = await client.setSecret('One', 'first', { contentType: 'text/plain', tags: { a: '1' }, expiresOn });
  expect(set.properties).toMatchObject({ contentType: 'text/plain', tags: { a: '1' }, expiresOn, enabled: true });
  expect(set.properties.version).toMatch(/^[0-9a-f]{32}$/);
  await client.setSecret('one', 'second');
  expect((await client.getSecret('ONE')).value).toBe('second');
  expect((await client.getSecret('one', { version: set.properties.version ?? '' })).value).toBe('first');
  expect(vault.server.requests.map(({ operation, status }) => `${operation} ${status}`).slice(0, 2)).toEqual([
    'setSecret 401',
    'setSecret 200',
  ]);
  expect(vault.latest('one')?.value).toBe('second');
});

test('pages the versions of a secret, all of them once and in no order of time', async () => {
  const written = Array.from({ length: 60 }, (_, index) => vault.setSecret('many', `${index}`).version);
  const listed: string[] = [];
  for await (const { version } of client.listPropertiesOfSecretVersions('many')) listed.push(version ?? '');
  expect([...listed].sort()).toEqual([...written].sort());
  expect(listed).not.toEqual(written);
  expect(vault.server.requests.filter(({ status }) => status === 200)).toHaveLength(3);
});

test('uses the address of the front in links and ids', async () => {
  const front = await vault.server.openFront('second');
  vault.pageSize = 1;
  for (const value of ['a', 'b', 'c']) vault.setSecret('linked', value);
  const ids: (string | undefined)[] = [];
  for await (const { id } of connect(front.url).listPropertiesOfSecretVersions('linked')) ids.push(id);
  expect(ids.every((id) => id?.startsWith(`${front.url}/secrets/linked/`))).toBe(true);
  expect(new Set(vault.server.requests.map((request) => request.front))).toEqual(new Set(['second']));
});

test('lists nothing or answers 404 for the versions of a missing secret', async () => {
  expect((await client.listPropertiesOfSecretVersions('none').next()).done).toBe(true);
  vault.versionsOfMissing = 'not-found';
  await expect(client.listPropertiesOfSecretVersions('none').next()).rejects.toMatchObject({ statusCode: 404 });
  await expect(client.getSecret('none')).rejects.toMatchObject({ statusCode: 404, code: 'SecretNotFound' });
});

test('refuses a name that is soft-deleted until it is recovered or purged', async () => {
  await client.setSecret('gone', 'a');
  await (await client.beginDeleteSecret('gone')).pollUntilDone();
  const conflict = { statusCode: 409, code: 'Conflict', message: expect.stringContaining('recoverable') as string };
  await expect(client.setSecret('gone', 'b')).rejects.toMatchObject(conflict);
  expect(await (await send('/secrets/gone', { method: 'PUT', body: '{"value":"b"}' })).json()).toMatchObject({
    error: { innererror: { code: 'ObjectIsDeletedButRecoverable' } },
  });
  await (await client.beginRecoverDeletedSecret('gone')).pollUntilDone();
  expect((await client.getSecret('gone')).value).toBe('a');
  vault.softDelete('gone');
  await client.purgeDeletedSecret('gone');
  await client.setSecret('gone', 'c');
  expect(vault.versions('gone')).toHaveLength(1);
});

test('answers 403 for forbidden operations and for a disabled secret', async () => {
  vault.permissions = new Set(['set', 'list']);
  await client.setSecret('written', 'a');
  await expect(client.getSecret('written')).rejects.toMatchObject({ statusCode: 403, code: 'Forbidden' });
  vault.readOnly = true;
  await expect(client.setSecret('written', 'b')).rejects.toMatchObject({ statusCode: 403 });
  vault.permissions.add('get');
  vault.setSecret('off', 'a', { enabled: false });
  await expect(client.getSecret('off')).rejects.toMatchObject({ statusCode: 403 });
  vault.outage = true;
  await expect(client.getSecret('written')).rejects.toMatchObject({ statusCode: 503 });
});

test.each([
  ['an empty body', ''],
  ['no value', '{}'],
  ['a value over 25 KB', JSON.stringify({ value: 'x'.repeat(25_601) })],
  ['a long content type', JSON.stringify({ value: 'x', contentType: 'x'.repeat(256) })],
  ['a long tag', JSON.stringify({ value: 'x', tags: { a: 'x'.repeat(257) } })],
  ['16 tags', JSON.stringify({ value: 'x', tags: Object.fromEntries(Array.from({ length: 16 }, (_, n) => [n, 'x'])) })],
  ['a fraction of a second', JSON.stringify({ value: 'x', attributes: { exp: 1.5 } })],
])('answers 400 to a set with %s', async (_name, body) => {
  const answer = await send('/secrets/one', { method: 'PUT', body });
  expect(answer.status).toBe(400);
  expect(answer.headers.get('x-ms-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(vault.secrets.size).toBe(0);
});

test('answers 401 with the challenge to a token for another resource', async () => {
  const answer = await send('/secrets/one/', {}, 'https://graph.microsoft.com');
  expect(answer.status).toBe(401);
  expect(answer.headers.get('www-authenticate')).toContain('resource="https://vault.azure.net"');
  expect((await send('/secrets/one/')).status).toBe(404);
  expect((await send('/secrets/under_score')).status).toBe(400);
});

test('shifts its clock and its times together', async () => {
  vault.clockOffsetMs = 3_600_000;
  const { properties } = await client.setSecret('late', 'a');
  const ahead = (properties.createdOn?.getTime() ?? 0) - Date.now();
  expect(Math.abs(ahead - 3_600_000)).toBeLessThan(5000);
  const date = (await send('/secrets/late')).headers.get('date');
  expect(Math.abs(Date.parse(date ?? '') - Date.now() - 3_600_000)).toBeLessThan(5000);
});
