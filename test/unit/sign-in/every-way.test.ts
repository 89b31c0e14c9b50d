import { createHash, X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { decodeClaims } from '../../../shared/partner-center/sign-in/token-claims.ts';
import type { Cloud } from '../../../shared/settings/clouds.ts';
import { clientCredentials } from '../../../shared/settings/settings.ts';
import { clientId, startRig } from './rig.ts';
import { testCertificate } from './test-certificate.ts';

const resources: Record<Cloud, string> = {
  global: 'https://api.partnercenter.microsoft.com',
  china: 'https://partner.partnercenterapi.microsoftonline.cn',
  usgov: 'https://api.partnercenter.microsoft.com',
};
const audiences: Record<Cloud, string> = {
  global: 'api://AzureADTokenExchange',
  china: 'api://AzureADTokenExchangeChina',
  usgov: 'api://AzureADTokenExchangeUSGov',
};
const kinds = { secret: 'secret', certificate: 'certificate', 'managed-identity': 'federated' } as const;
const audienceOf = (credential: keyof typeof kinds, cloud: Cloud, tenant: string): string | undefined => {
  if (credential === 'secret') return undefined;
  return credential === 'certificate' ? `${tenant}/oauth2/v2.0/token` : audiences[cloud];
};

for (const cloud of ['global', 'china', 'usgov'] as const) {
  for (const flow of ['app', 'app+user'] as const) {
    for (const credential of clientCredentials) {
      test(`signs in to ${cloud} as ${flow} with ${credential}`, async () => {
        const rig = await startRig({ cloud, flow, credential });
        const token = await rig.signIn.accessToken(rig.call());
        expect(rig.entra.issued).toHaveLength(1);
        const [issued] = rig.entra.issued;
        expect(issued).toMatchObject({ accessToken: token, credential: kinds[credential] });
        expect(issued?.claims).toMatchObject({ aud: resources[cloud], appid: clientId, tid: rig.entra.tenantId });
        const [form] = rig.forms();
        expect(form?.get('scope')).toBe(`${resources[cloud]}/.default${flow === 'app' ? '' : ' offline_access'}`);
        expect(form?.get('grant_type')).toBe(flow === 'app' ? 'client_credentials' : 'refresh_token');
        expect(form?.has('client_secret')).toBe(credential === 'secret');
        const assertion = decodeClaims(form?.get('client_assertion') ?? '');
        expect(assertion?.['aud']).toBe(audienceOf(credential, cloud, `${rig.entra.url}/${rig.entra.tenantId}`));
        expect(rig.errors()).toEqual([]);
      });
    }
  }
}

test('uses the v2 endpoint of the partner tenant', async () => {
  const rig = await startRig();
  await rig.signIn.accessToken(rig.call());
  expect(rig.entra.server.requests.map(({ path }) => path)).toEqual([`/${rig.entra.tenantId}/oauth2/v2.0/token`]);
});

test('signs an assertion for one endpoint, for five minutes, never with the same jti', async () => {
  const rig = await startRig({ credential: 'certificate' });
  const first = await rig.signIn.accessToken(rig.call());
  await rig.signIn.accessToken(rig.call(), { rejected: first });
  const assertions = rig.forms().map((form) => form.get('client_assertion') ?? '');
  const [one, two] = assertions.map(decodeClaims);
  const second = Math.floor(Date.now() / 1000);
  expect(one).toMatchObject({ iss: clientId, sub: clientId });
  expect(one?.['aud']).toBe(`${rig.entra.url}/${rig.entra.tenantId}/oauth2/v2.0/token`);
  expect(Number(one?.['exp']) - second).toBeLessThanOrEqual(300);
  expect(Number(one?.['exp']) - Number(one?.['nbf'])).toBeLessThanOrEqual(600);
  expect(one?.['jti']).not.toBe(two?.['jti']);
  const { raw } = new X509Certificate(testCertificate.certificate);
  const head = JSON.parse(Buffer.from(assertions[0]?.split('.')[0] ?? '', 'base64url').toString()) as object;
  expect(head).toEqual({
    typ: 'JWT',
    alg: 'PS256',
    'x5t#S256': createHash('sha256').update(raw).digest('base64url'),
  });
});

test('reads the partner secrets in parallel and only those that it needs', async () => {
  const rig = await startRig();
  rig.vault.server.latency = 200;
  await rig.signIn.accessToken(rig.call());
  const reads = rig.vault.server.requests.filter(
    ({ operation, status }) => operation === 'getSecret' && status === 200,
  );
  const names = ['partner-client-id', 'partner-client-secret', 'partner-tenant-id'];
  expect(reads).toHaveLength(3);
  expect(new Set(reads.map(({ path }) => path.split('/')[2]))).toEqual(new Set(names));
  expect(Math.max(...reads.map(({ at }) => at)) - Math.min(...reads.map(({ at }) => at))).toBeLessThan(200);
});
