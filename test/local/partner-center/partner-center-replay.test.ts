import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startPartnerCenterEmulator, type PartnerCenterEmulator } from './partner-center-emulator.ts';
import { call, create, customerBody } from './partner-center-caller.ts';

const domain = 'contoso.onmicrosoft.com';
let emulator: PartnerCenterEmulator;
let requestId: string;

beforeEach(async () => {
  emulator = await startPartnerCenterEmulator();
  requestId = randomUUID();
});
afterEach(async () => {
  await emulator.close();
});

const repeat = () => create(emulator, customerBody(), requestId);

test('repeats the same answer, including the password', async () => {
  const first = await repeat();
  const again = await repeat();
  expect(again.status).toBe(201);
  expect(again.json).toEqual(first.json);
  expect(emulator.creates(domain)).toBe(1);
});

test('repeats the first password even after a reset', async () => {
  const first = await repeat();
  const user = emulator.tenants.get(domain)?.adminId;
  const path = `/v1/customers/${first.json['id']}/users/${user}/resetpassword`;
  const body = {
    passwordProfile: { password: 'New-pass-2', forceChangePassword: false },
    attributes: { objectType: 'CustomerUser' },
  };
  expect((await call(emulator, path, { method: 'PATCH', flow: 'user', body })).status).toBe(200);
  const again = await repeat();
  expect(again.json['userCredentials']?.['password']).toBe(first.json['userCredentials']?.['password']);
  expect(emulator.opensTenant(domain, `admin@${domain}`, again.json['userCredentials']?.['password'] ?? '')).toBe(
    false,
  );
  expect(emulator.opensTenant(domain, `admin@${domain}`, 'New-pass-2')).toBe(true);
});

test('repeats the answer without the password on request', async () => {
  emulator.knobs.replay = 'without-password';
  const first = await repeat();
  const again = await repeat();
  expect(again).toMatchObject({ status: 201, json: { id: first.json['id'] } });
  expect(again.text).not.toContain('userCredentials');
});

test.for([400, 409] as const)('answers a repeat that the domain exists on request, with %i', async (takenAnswer) => {
  Object.assign(emulator.knobs, { replay: 'domain-exists', takenAnswer });
  expect((await repeat()).status).toBe(201);
  const again = await repeat();
  expect(again.status).toBe(takenAnswer);
  expect(again.json['description']).toMatch(/already in use/);
  expect(emulator.creates(domain)).toBe(1);
});

test('forgets a request id after the retention time, or at once', async () => {
  emulator.knobs.replayRetention = 60_000;
  await repeat();
  expect((await repeat()).status).toBe(201);
  emulator.knobs.replayRetention = 0;
  expect((await repeat()).status).toBe(400);
});

test('refuses the same request id with another body', async () => {
  await repeat();
  const other = await create(emulator, customerBody('fabrikam.onmicrosoft.com'), requestId);
  expect(other).toMatchObject({ status: 400, json: { code: 2000 } });
  expect(emulator.tenants.size).toBe(1);
});

test('refuses a request id that is not a GUID', async () => {
  expect((await create(emulator, customerBody(), 'one')).json['data']).toEqual(['MS-RequestId']);
});

test('lets a repeat wait for the first, and returns the same password to both', async () => {
  emulator.knobs.createDuration = 40;
  const answers = await Promise.all([repeat(), repeat(), repeat()]);
  const passwords = answers.map(({ json }) => json['userCredentials']?.['password']);
  expect(new Set(passwords).size).toBe(1);
  expect(passwords[0]).toBeTruthy();
});

test.for([
  ['conflict', 409],
  ['taken', 400],
] as const)('answers a repeat while the first runs as %s', async ([repeatWhileRunning, status]) => {
  Object.assign(emulator.knobs, { createDuration: 100, repeatWhileRunning });
  const first = repeat();
  await expect.poll(() => emulator.createCalls).toBe(1);
  expect((await repeat()).status).toBe(status);
  expect((await first).status).toBe(201);
});

test('repeats a refusal under its request id, and checks a new one again', async () => {
  emulator.knobs.createRefusal = { status: 400, code: 800002, times: 1 };
  expect((await repeat()).json['code']).toBe(800002);
  expect((await repeat()).json['code']).toBe(800002);
  expect((await create(emulator)).status).toBe(201);
});

test('creates one tenant for simultaneous creates with different request ids', async () => {
  emulator.knobs.createDuration = 20;
  const answers = await Promise.all(Array.from({ length: 5 }, () => create(emulator)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 400)).toHaveLength(4);
  expect(emulator.creates(domain)).toBe(1);
});

test('creates the tenant even when the answer is lost', async () => {
  emulator.server.faults.add({ kind: 'reset-after', matches: ({ operation }) => operation === 'createCustomer' });
  await expect(repeat()).rejects.toThrow('fetch failed');
  expect(emulator.creates(domain)).toBe(1);
  expect((await repeat()).json['userCredentials']?.['password']).toBe(emulator.tenants.get(domain)?.password);
});
