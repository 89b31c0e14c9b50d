import { describe, expect, test } from 'vitest';
import { localKeys } from '../local/host/keys.ts';
import { readDocumented } from './documented.ts';
import { findWrites, payloadWith, send, withApp } from './rig.ts';

const role = 'Customers.Onboard';
const entra = { CALLER_AUTHENTICATION: 'entra' };
const withRole = { ...entra, REQUIRED_APP_ROLE: role };
const principals = {
  holder: { id: '1', roles: [role] },
  other: { id: '2', roles: ['Customers.Read', 'customers.onboard'] },
  longForm: { id: '3', roles: [role], roleType: 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role' },
};
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');
const good = encode({ auth_typ: 'aad', claims: [{ typ: 'roles', val: role }], name_typ: 'name', role_typ: 'roles' });

describe.concurrent('with keys', () => {
  test('a call without a key or with a wrong one gets 401 and does nothing', async () => {
    await withApp({}, async ({ stack, instance }) => {
      for (const headers of [{ 'x-functions-key': 'wrong' }, { 'x-functions-key': '' }]) {
        expect((await send(instance, payloadWith(), { headers })).status).toBe(401);
      }
      expect(findWrites(stack)).toEqual([]);
    });
  });

  test('a forged principal is ignored while the authentication of the platform is off', async () => {
    await withApp({ settings: { REQUIRED_APP_ROLE: role } }, async ({ instance }) => {
      const answer = await send(instance, payloadWith(), { headers: { 'x-ms-client-principal': good } });
      expect(await readDocumented('OnboardCustomer', answer)).toMatchObject({ code: 'Forbidden' });
    });
  });

  test('a role can be required in addition to the key', async () => {
    const settings = { REQUIRED_APP_ROLE: role };
    await withApp({ easyAuth: { principals }, settings }, async ({ instance }) => {
      const headers = { authorization: 'Bearer holder' };
      expect((await send(instance, payloadWith(), { headers })).status).toBe(201);
      expect(
        (await send(instance, payloadWith(), { headers: { 'x-functions-key': 'wrong', ...headers } })).status,
      ).toBe(401);
    });
  });
});

describe.concurrent('with Entra', () => {
  test('a principal is sufficient, a key is not', async () => {
    await withApp({ easyAuth: { principals }, settings: entra }, async ({ instance }) => {
      const signedIn = await fetch(`${instance.url}/api/v1/connection`, { headers: { authorization: 'Bearer other' } });
      expect(await readDocumented('TestConnection', signedIn)).toMatchObject({ status: 'Connected' });
      const headers = { 'x-functions-key': localKeys.function };
      expect((await send(instance, payloadWith(), { headers })).status).toBe(401);
    });
  });

  test('a platform whose authentication is off is a ConfigurationError, whatever the caller sends', async () => {
    await withApp({ settings: entra }, async ({ stack, instance }) => {
      for (const headers of [{}, { 'x-ms-client-principal': good }]) {
        const answer = await send(instance, payloadWith(), { headers });
        expect(await readDocumented('OnboardCustomer', answer)).toMatchObject({ code: 'ConfigurationError' });
      }
      expect(findWrites(stack)).toEqual([]);
    });
  });

  test.each([
    ['holder', 201],
    ['longForm', 201],
    ['other', 403],
    ['nobody', 401],
  ])('the caller "%s" gets %i where a role is required', async (token, status) => {
    await withApp({ easyAuth: { principals }, settings: withRole }, async ({ instance }) => {
      const answer = await send(instance, payloadWith(), { headers: { authorization: `Bearer ${token}` } });
      expect(answer.status).toBe(status);
      await readDocumented('OnboardCustomer', answer);
    });
  });

  test('the role is checked before the payload', async () => {
    await withApp({ easyAuth: { principals }, settings: withRole }, async ({ instance }) => {
      const headers = { authorization: 'Bearer other' };
      expect((await send(instance, { unknown: true }, { headers })).status).toBe(403);
    });
  });

  test('health and the OpenAPI document need no authentication', async () => {
    await withApp({ easyAuth: { principals }, settings: withRole }, async ({ instance }) => {
      for (const path of ['/api/health', '/api/openapi.json'])
        expect((await fetch(instance.url + path)).status).toBe(200);
    });
  });
});

describe.concurrent('a principal that cannot be parsed is ignored', () => {
  // The platform's header arrives unchanged: the test replaces a platform with authentication on.
  const settings = { ...withRole, WEBSITE_AUTH_ENABLED: 'True' };
  test.each([
    ['no base64', '%%%', 401],
    ['half of it', good.slice(0, 20), 401],
    ['no JSON', Buffer.from('claims').toString('base64'), 401],
    ['null', encode(null), 401],
    ['a list', encode([1]), 403],
    ['claims that are no list', encode({ claims: { typ: 'roles', val: role } }), 403],
    ['claims of other types', encode({ claims: [null, 7, { typ: 'roles', val: [role] }] }), 403],
    ['the role under another type', encode({ role_typ: 'roles', claims: [{ typ: 'groups', val: role }] }), 403],
    ['base64url without padding', good.replaceAll('=', ''), 201],
  ])('%s', async (_, header, status) => {
    await withApp({ settings }, async ({ instance }) => {
      const answer = await send(instance, payloadWith(), { headers: { 'x-ms-client-principal': header } });
      expect(answer.status).toBe(status);
      await readDocumented('OnboardCustomer', answer);
    });
  });
});
