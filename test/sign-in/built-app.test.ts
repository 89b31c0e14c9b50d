import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readCertificate } from '../local/entra/app-registration.ts';
import { readExample } from '../local/read-example.ts';
import { expectSilence, openStack, send } from './full-app.ts';
import { makePkcs12 } from './make-pkcs12.ts';
import { testCertificate } from './test-certificate.ts';

const name = 'partner-refresh-token';

test('onboards with a PKCS#12 certificate that is rotated in the vault while the app runs', async () => {
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

test('finishes the write of a rotated refresh token when the instance is told to stop', async () => {
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
  expect(sent.filter(({ operation }) => operation !== 'getIdentityToken')).toEqual([]);
});
