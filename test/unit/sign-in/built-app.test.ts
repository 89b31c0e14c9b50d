import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readCertificate } from '../../local/entra/app-registration.ts';
import { readExample } from '../../local/read-example.ts';
import { expectSilence, openStack, send } from './full-app.ts';
import { makePkcs12 } from './make-pkcs12.ts';
import { testCertificate } from './test-certificate.ts';

const name = 'partner-refresh-token';

test('onboards with a PKCS#12 certificate that is rotated in the vault while the app is running', async () => {
  const stack = await openStack({ credential: 'certificate' });
  stack.entra.tokenLifetimeSeconds = 60;
  const instance = await stack.startInstance();
  expect(await send(instance, 'GET', '/api/v1/connection')).toMatchObject({ status: 200 });
  const certificates = stack.entra.clients.get(stack.clientId)?.certificates;
  certificates?.splice(0, 1, readCertificate(testCertificate.certificate));
  const pkcs12 = makePkcs12(testCertificate, { algorithm: 'aes256' });
  stack.partnerVault.setSecret('partner-client-certificate', pkcs12, { contentType: 'application/x-pkcs12' });
  expect(await send(instance, 'POST', '/api/v1/customers', readExample())).toMatchObject({ status: 201 });
  expectSilence(stack, [pkcs12, testCertificate.privateKey]);
});

test('finishes the write of a rotated refresh token when the instance gets SIGTERM', async () => {
  const stack = await openStack({ flow: 'app+user' });
  const { partnerVault } = stack;
  partnerVault.clockOffsetMs = -2 * 86_400_000;
  partnerVault.setSecret(name, partnerVault.latest(name)?.value ?? '');
  partnerVault.clockOffsetMs = 0;
  partnerVault.server.onStage = async (stage, { method }) => {
    if (stage === 'arrived' && method === 'PUT') await setTimeout(300);
  };
  const instance = await stack.startInstance();
  expect(await send(instance, 'GET', '/api/v1/connection')).toMatchObject({ status: 200 });
  expect(partnerVault.versions(name)).toHaveLength(2);
  await instance.terminate();
  expect(partnerVault.versions(name)).toHaveLength(3);
});

test('refuses associatedPartnerId with app-only before anything is sent', async () => {
  const stack = await openStack({ flow: 'app' });
  const instance = await stack.startInstance();
  const payload = { ...readExample(), associatedPartnerId: '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d' };
  const answer = await send(instance, 'POST', '/api/v1/customers', payload);
  expect(answer).toMatchObject({
    status: 400,
    body: { code: 'InvalidPayload', error: { target: 'associatedPartnerId' } },
  });
  const sent = Object.values(stack.servers).flatMap(({ requests }) => requests);
  const atLoad = ['getIdentityToken', 'getSecret', '/secrets/warm-up/versions'];
  expect(sent.filter(({ operation, path }) => !atLoad.includes(operation) && !atLoad.includes(path))).toEqual([]);
});

const indirect: [reseller: string, status: number, code: string][] = [
  ['000000800015', 422, 'RejectedByPartnerCenter'],
  ['000000800016', 422, 'RejectedByPartnerCenter'],
  ['000000900123', 422, 'RejectedByPartnerCenter'],
  ['000000900154', 422, 'RejectedByPartnerCenter'],
];
for (const [reseller, status, code] of indirect) {
  test(`reports the refusal of Partner Center for an indirect reseller: ${Number(reseller)}`, async () => {
    const stack = await openStack({ flow: 'app+user' });
    const instance = await stack.startInstance();
    const payload = { ...readExample(), associatedPartnerId: `0a1b2c3d-4e5f-4a6b-8c7d-${reseller}` };
    const answer = await send(instance, 'POST', '/api/v1/customers', payload);
    expect(answer).toMatchObject({ status, body: { code } });
    const details = (answer.body['error'] as { details: object[] }).details;
    expect(details).toContainEqual(
      expect.objectContaining({ code: `${Number(reseller)}`, target: 'associatedPartnerId' }),
    );
  });
}

test('fetches one new token for a plain 401 and none for 900420, 900421 and 900329', async () => {
  for (const [status, code, requests] of [
    [401, 0, 2],
    [401, 900420, 1],
    [401, 900421, 1],
    [403, 900329, 1],
  ] as const) {
    const stack = await openStack({ flow: 'app+user' });
    const plain = { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } };
    const answer = code === 0 ? plain : stack.partnerCenter.errorAnswer(status, code);
    // The answer to a HEAD has no body and so no code: only the create distinguishes them.
    const matches = ({ operation }: { operation: string }) => operation === 'createCustomer';
    stack.partnerCenter.server.faults.add({ kind: 'status', matches, answer, times: 99 });
    const instance = await stack.startInstance();
    const failed = await send(instance, 'POST', '/api/v1/customers', readExample());
    expect(failed).toMatchObject({ status: 502, body: { code: 'PartnerAuthenticationFailed' } });
    expect(stack.entra.issued).toHaveLength(requests);
  }
});
