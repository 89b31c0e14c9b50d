import { constants, createHash, randomUUID, sign, X509Certificate } from 'node:crypto';
import { ManagedIdentityCredential } from '@azure/identity';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AppRegistration } from './app-registration.ts';
import type { EntraEmulator } from './entra-emulator.ts';
import { makeCertificate } from '../wire/certificate.ts';
import { startEntraEmulator } from './start-entra-emulator.ts';
import { startManagedIdentityEmulator } from '../identity/start-managed-identity-emulator.ts';

const CLIENT = 'c0ffee00-1234-4abc-8def-0123456789ab';
const registered = makeCertificate();

let entra: EntraEmulator;
let app: AppRegistration;
let endpoint: string;

beforeEach(async () => {
  entra = await startEntraEmulator();
  app = entra.registerApp({ clientId: CLIENT, certificates: [registered.certificate] });
  endpoint = `${entra.url}/${entra.tenantId}/oauth2/v2.0/token`;
});

afterEach(() => entra.close());

interface Spoilt {
  readonly alg?: string;
  readonly claims?: Record<string, unknown>;
  readonly made?: typeof registered;
  readonly signedWith?: typeof registered;
}

function assertion({ alg = 'PS256', claims = {}, made = registered, signedWith = made }: Spoilt = {}): string {
  const { raw } = new X509Certificate(made.certificate);
  const [name, algorithm] = alg === 'PS256' ? (['x5t#S256', 'sha256'] as const) : (['x5t', 'sha1'] as const);
  const header = { alg, typ: 'JWT', [name]: createHash(algorithm).update(raw).digest('base64url') };
  const now = Math.floor(Date.now() / 1000);
  const base = { aud: endpoint, iss: CLIENT, sub: CLIENT, jti: randomUUID(), nbf: now, exp: now + 300 };
  const parts = [header, { ...base, ...claims }].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
  const signed = parts.join('.');
  const padding = alg === 'PS256' ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  const saltLength = constants.RSA_PSS_SALTLEN_DIGEST;
  const signature = sign('sha256', Buffer.from(signed), { key: signedWith.privateKey, padding, saltLength });
  return `${signed}.${signature.toString('base64url')}`;
}

async function present(client_assertion: string): Promise<unknown> {
  const form = {
    grant_type: 'client_credentials',
    scope: 'https://api.partnercenter.microsoft.com/.default',
    client_id: CLIENT,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion,
  };
  const answer = await fetch(endpoint, { method: 'POST', body: new URLSearchParams(form) });
  const body = (await answer.json()) as { error_codes?: number[] };
  return body.error_codes?.[0] ?? answer.status;
}

test('accepts an assertion of a registered certificate, PS256 or RS256', async () => {
  expect(await present(assertion())).toBe(200);
  expect(await present(assertion({ alg: 'RS256' }))).toBe(200);
  expect(entra.issued.map(({ credential }) => credential)).toEqual(['certificate', 'certificate']);
});

test('refuses assertions as Entra does', async () => {
  const now = Math.floor(Date.now() / 1000);
  const other = makeCertificate('another');
  expect(await present(assertion({ made: other }))).toBe(700027);
  expect(await present(assertion({ signedWith: other }))).toBe(700027);
  expect(await present(assertion({ claims: { aud: 'https://example.com' } }))).toBe(700023);
  expect(await present(assertion({ claims: { sub: 'someone' } }))).toBe(700021);
  expect(await present(assertion({ claims: { exp: now - 600 } }))).toBe(700024);
  expect(await present(assertion({ claims: { nbf: now + 900, exp: now + 1200 } }))).toBe(700024);
  expect(await present(assertion({ claims: { exp: now + 2 * 86_400 } }))).toBe(700024);
  expect(await present('no.jwt')).toBe(50027);
  const once = assertion();
  expect(await present(once)).toBe(200);
  expect(await present(once)).toBe(700027);
});

test('accepts the managed identity that the app trusts, and no other subject or audience', async () => {
  const identity = await startManagedIdentityEmulator();
  try {
    Object.assign(process.env, identity.environment);
    const credential = new ManagedIdentityCredential({ clientId: identity.clientId });
    const { token } = await credential.getToken('api://AzureADTokenExchange/.default');
    expect(await present(token)).toBe(70021);
    app.federatedCredentials.push({ ...identity.federatedCredential(), subject: 'another' });
    expect(await present(token)).toBe(700213);
    app.federatedCredentials.push(identity.federatedCredential());
    expect(await present(token)).toBe(200);
    expect(await present(`${token}x`)).toBe(50027);
    const { token: wrong } = await credential.getToken('https://vault.azure.net/.default');
    expect(await present(wrong)).toBe(70021);
  } finally {
    await identity.close();
  }
});
