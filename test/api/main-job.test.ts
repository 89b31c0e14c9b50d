import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Instance } from '../local/instance.ts';
import type { Stack } from '../local/stack.ts';
import { baseOf, customer, post, seen, startApp, type Answer } from './rig.ts';

let stack: Stack;
let app: Instance;
let answer: Answer;
const payload = customer({ middleName: 'Ann' });
const domain = `${String(payload['domain'])}.onmicrosoft.com`;
const base = baseOf(payload);
const correlationId = '0f0f6a52-7a4e-4c52-9d0e-0b8f3f1c2d10';

beforeAll(async () => {
  [stack, app] = await startApp({ settings: { CREDENTIAL_EXPIRY_DAYS: '30' } });
  answer = await post(app, payload, { 'x-correlation-id': correlationId });
});
afterAll(() => stack.close());

test('answers 201 with exactly the flat fields of the README', () => {
  const tenant = stack.partnerCenter.tenants.get(domain);
  const vaultUri = stack.credentialVault.url;
  const version = (name: string): string =>
    `${vaultUri}/secrets/${name}/${stack.credentialVault.latest(name)?.version}`;
  expect(answer.status).toBe(201);
  expect(answer.body).toEqual({
    status: 'Succeeded',
    customerId: tenant?.customerId,
    commerceId: tenant?.commerceId,
    domain,
    companyName: payload['companyName'],
    country: 'US',
    culture: 'en-US',
    language: 'en',
    enableGDAPByDefault: true,
    adminUserName: `admin@${domain}`,
    userNameSecretName: `${base}-admin-username`,
    userNameSecretId: version(`${base}-admin-username`),
    passwordSecretName: `${base}-admin-password`,
    passwordSecretId: version(`${base}-admin-password`),
    vaultUri,
    correlationId,
  });
});

test('sends the headers Location, correlation id and no-store', () => {
  const shown = ['content-type', 'location', 'x-correlation-id', 'cache-control', 'idempotent-replayed'];
  expect(shown.map((name) => answer.headers.get(name))).toEqual([
    'application/json',
    `${app.url}/api/v1/customers/${domain}`,
    correlationId,
    'no-store',
    null,
  ]);
});

test('stores both credentials with tags, content type and expiry', () => {
  const names = [`${base}-admin-username`, `${base}-admin-password`];
  const [userName, password] = names.map((name) => stack.credentialVault.latest(name));
  expect(userName?.value).toBe(`admin@${domain}`);
  expect(stack.partnerCenter.opensTenant(domain, userName?.value ?? '', password?.value ?? '')).toBe(true);
  const requestId = seen(stack.partnerCenter.server, 'createCustomer')[0]?.headers['ms-requestid'];
  const tags = { domain, correlationId, requestId };
  expect(userName?.tags).toEqual(tags);
  expect(password?.tags).toEqual({ ...tags, customerId: answer.body.customerId });
  for (const secret of [userName, password]) {
    expect(secret?.contentType).toMatch(/sign-in name|password/);
    expect(((secret?.exp ?? 0) - (secret?.created ?? 0)) / 86_400).toBeCloseTo(30, 2);
  }
});

test('writes the row and the user name before the create, and the success to the row after it', () => {
  const row = stack.table.row(domain);
  expect(row?.properties).toMatchObject({ state: 'Succeeded', customerId: answer.body.customerId, current: 0 });
  expect(row?.properties).not.toHaveProperty('leaseHolder');
  const create = seen(stack.partnerCenter.server, 'createCustomer')[0];
  const writes = seen(stack.credentialVault.server, 'setSecret').filter(({ status }) => status === 200);
  expect(writes.map(({ path, at }) => [path.split('-').at(-1), at <= (create?.at ?? 0)])).toEqual([
    ['username', true],
    ['password', false],
  ]);
  const rows = stack.table.server.requests.map(({ operation, at }) => [operation, at <= (create?.at ?? 0)]);
  expect(rows).toEqual([
    ['readRow', true],
    ['insertRow', true],
    ['replaceRow', false],
  ]);
});

test('only sets secrets and reads metadata on the credential vault, and only gets secrets from the partner vault', () => {
  const used = (server: Stack['credentialVault']['server']): string[] =>
    [...new Set(server.requests.map(({ operation }) => operation))].sort();
  expect(used(stack.credentialVault.server)).toEqual(['listVersions', 'setSecret']);
  expect(used(stack.partnerVault.server)).toEqual(['getSecret']);
});

test('sends Partner Center its headers on every call, with unique ids', () => {
  const calls = stack.partnerCenter.server.requests;
  expect(calls.map(({ operation }) => operation).sort()).toEqual([
    'createCustomer',
    'probeDomain',
    'readCountryRules',
    'validateAddress',
  ]);
  const guid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;
  for (const { headers } of calls) {
    expect(headers['ms-requestid']).toMatch(guid);
    expect(headers['ms-correlationid']).toMatch(guid);
    expect(headers['x-locale']).toBe('en-US');
    expect(headers['user-agent']).toContain('csp-onboarding');
    expect(headers['accept']).toBe('application/json');
    expect(headers['authorization']).toMatch(/^Bearer ./);
  }
  expect(new Set(calls.map(({ headers }) => headers['ms-requestid'])).size).toBe(calls.length);
  expect(seen(stack.partnerCenter.server, 'createCustomer')[0]?.headers['ms-correlationid']).toBe(correlationId);
});

test('sends the body in camelCase, without absent fields and without userCredentials', () => {
  const { companyName, email, firstName, lastName } = payload as Record<string, string>;
  const create = seen(stack.partnerCenter.server, 'createCustomer')[0];
  const body = create?.body ?? '';
  expect(create?.headers['content-type']).toContain('application/json');
  expect(JSON.parse(body)).toEqual({
    enableGDAPByDefault: true,
    companyProfile: { domain, companyName },
    billingProfile: {
      email,
      culture: 'en-US',
      language: 'en',
      companyName,
      firstName,
      lastName,
      defaultAddress: {
        addressLine1: '4567 Main Street',
        addressLine2: 'Suite 200',
        city: 'Redmond',
        state: 'WA',
        postalCode: '98052',
        country: 'US',
        firstName,
        middleName: 'Ann',
        lastName,
        phoneNumber: '4255550100',
      },
    },
  });
  expect(body).not.toContain('userCredentials');
  expect(body).not.toContain('null');
});
