import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeCertificate } from '../local/wire/certificate.ts';
import type { Stack } from '../local/stack.ts';
import { customer, detailsOf, linesOf, post, request, startApp } from './rig.ts';

let stack: Stack;
let strange: Server;
/** A server that demands a Key Vault token but has no Key Vault address. */
let address: string;
let tokens = 0;
const trust = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];

beforeAll(async () => {
  [stack] = await startApp({ fallbackVault: true });
  const { certificate, privateKey } = makeCertificate('localhost');
  strange = createServer({ cert: certificate, key: privateKey }, ({ headers }, response) => {
    if (headers.authorization !== undefined) tokens += 1;
    const challenge = 'Bearer authorization="https://login.microsoftonline.com/t", resource="https://vault.azure.net"';
    response.writeHead(401, { 'www-authenticate': challenge }).end();
  });
  await new Promise<void>((resolve) => strange.listen(0, '127.0.0.1', resolve));
  address = `https://127.0.0.1:${(strange.address() as AddressInfo).port}`;
  // Its certificate has no trusted issuer.
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
});
afterAll(async () => {
  delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  if (trust !== undefined) process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = trust;
  strange.closeAllConnections();
  strange.close();
  await stack.close();
});

const settings = ['PARTNER_VAULT_URL', 'CREDENTIAL_VAULT_URL', 'CREDENTIAL_VAULT_FALLBACK_URL'] as const;
const vaults = {
  PARTNER_VAULT_URL: 'partner',
  CREDENTIAL_VAULT_URL: 'credential',
  CREDENTIAL_VAULT_FALLBACK_URL: 'fallback',
};

test.each(settings)(
  'names a vault whose challenge does not cover its address, and does not report an outage: %s',
  async (setting) => {
    const env = { [setting]: address };
    const app = await stack.startInstance({ env });
    const checked = await request(app, '/v1/connection');
    expect([checked.status, checked.body.code]).toEqual([500, 'ConfigurationError']);
    expect(detailsOf(checked)).toContain(`ConfigurationError ${vaults[setting]}Vault`);
    const line = linesOf(stack, 'ConfigurationError').findLast(({ vault }) => vault === vaults[setting]);
    expect(line).toMatchObject({ level: 'error', code: 'ForeignChallenge' });
    expect(line?.['reason']).toMatch(/challenge at the vault's address is for another service/);
    await app.kill();
    expect(tokens).toBe(0);
  },
);

test('answers ConfigurationError if no configured vault can store the credentials, and creates nothing', async () => {
  const env = { CREDENTIAL_VAULT_URL: address, CREDENTIAL_VAULT_FALLBACK_URL: '' };
  const app = await stack.startInstance({ env });
  const answer = await post(app, customer());
  expect([answer.status, answer.body.code]).toEqual([500, 'ConfigurationError']);
  expect(stack.partnerCenter.createCalls).toBe(0);
  expect(linesOf(stack, 'ConfigurationError').at(-1)).toMatchObject({ vault: 'credential', code: 'ForeignChallenge' });
  await app.kill();
});

test('stores in the other vault if only one has a wrong address, and logs it', async () => {
  const from = linesOf(stack, 'ConfigurationError').length;
  const app = await stack.startInstance({
    env: { CREDENTIAL_VAULT_URL: address },
  });
  const answer = await post(app, customer());
  expect([answer.status, answer.body['vaultUri']]).toEqual([201, stack.fallbackVault?.url]);
  expect(linesOf(stack, 'ConfigurationError').slice(from)).not.toEqual([]);
  await app.kill();
});
