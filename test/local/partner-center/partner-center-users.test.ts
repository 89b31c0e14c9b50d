import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startPartnerCenterEmulator, type PartnerCenterEmulator } from './partner-center-emulator.ts';
import { call, create, customerBody, type Call } from './partner-center-caller.ts';

const domain = 'contoso.onmicrosoft.com';
let emulator: PartnerCenterEmulator;
let id: string;

beforeEach(async () => {
  emulator = await startPartnerCenterEmulator();
  id = (await create(emulator)).json['id'] ?? '';
});
afterEach(async () => {
  await emulator.close();
});

const users = (options: Call = { flow: 'user' }) => call(emulator, `/v1/customers/${id}/users`, options);
const resetBody = (password: string) => ({
  passwordProfile: { password, forceChangePassword: false },
  attributes: { objectType: 'CustomerUser' },
});

async function reset(password: string, last = '/resetpassword', flow: 'app' | 'user' = 'user', user?: string) {
  const adminId = user ?? emulator.tenants.get(domain)?.adminId;
  const body = resetBody(password);
  return await call(emulator, `/v1/customers/${id}/users/${adminId}${last}`, { method: 'PATCH', flow, body });
}

test('lists the admin to App+User only', async () => {
  const { status, json } = await users();
  expect(status).toBe(200);
  expect(json['items']?.[0]).toMatchObject({ userPrincipalName: `admin@${domain}`, displayName: 'admin' });
  expect(await users({ flow: 'app' })).toMatchObject({ status: 403, json: { code: 900329 } });
});

test('pages users, the admin last', async () => {
  emulator.knobs.extraUsers = 2;
  const first = await call(emulator, `/v1/customers/${id}/users?size=2`, { flow: 'user' });
  expect(first.json['items']?.map((user) => user['userPrincipalName'])).toEqual([
    `admin1@${domain}`,
    `admin2@${domain}`,
  ]);
  const token = first.json['links']?.['next']?.['headers']?.[0]?.['value'] ?? '';
  const headers = { 'ms-continuationtoken': token };
  const next = await call(emulator, `/v1/customers/${id}/users?seekOperation=Next`, { flow: 'user', headers });
  expect(next.json['items']?.map((user) => user['userPrincipalName'])).toEqual([`admin@${domain}`]);
  expect(next.json['links']?.['next']).toBeUndefined();
});

test('refuses users and resets until the GDAP roles are assigned and work', async () => {
  emulator.knobs.gdapRolesAssigned = false;
  expect(await users()).toMatchObject({ status: 403, json: { code: 900308 } });
  expect((await reset('New-pass-2')).status).toBe(403);
  Object.assign(emulator.knobs, { gdapRolesAssigned: true, gdapDelay: 60_000 });
  expect((await users()).status).toBe(403);
  emulator.knobs.gdapDelay = 0;
  expect((await users()).status).toBe(200);
});

test('permanently refuses users of a customer without GDAP', async () => {
  const body = { ...customerBody('b.onmicrosoft.com'), enableGDAPByDefault: false };
  id = (await create(emulator, body)).json['id'] ?? '';
  expect(await users()).toMatchObject({ status: 403, json: { code: 900308 } });
});

test.for(['/resetpassword', ''])('sets the password of the admin by users/{id}%s', async (last) => {
  expect((await reset('New-pass-2', last)).status).toBe(200);
  expect(emulator.opensTenant(domain, `admin@${domain}`, 'New-pass-2')).toBe(true);
  expect(emulator.tenants.get(domain)?.resets).toMatchObject([{ password: 'New-pass-2' }]);
});

test('refuses weak passwords, unknown users, other bodies and app-only tokens', async () => {
  expect((await reset('short')).json['code']).toBe(2000);
  expect((await reset('New-pass-2', '', 'user', randomUUID())).json['code']).toBe(60002);
  expect((await reset('New-pass-2', '', 'app')).json['code']).toBe(900329);
  const path = `/v1/customers/${id}/users/${emulator.tenants.get(domain)?.adminId}/resetpassword`;
  const body = { ...resetBody('New-pass-2'), attributes: {} };
  expect((await call(emulator, path, { method: 'PATCH', flow: 'user', body })).status).toBe(400);
  expect(emulator.tenants.get(domain)?.resets).toEqual([]);
});

test.for(['china', 'usgov'] as const)('has no password reset in the cloud %s', async (cloud) => {
  emulator.knobs.cloud = cloud;
  expect(await reset('New-pass-2')).toMatchObject({ status: 400, json: { code: 900127 } });
});
