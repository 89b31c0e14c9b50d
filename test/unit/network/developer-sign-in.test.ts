import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { VaultCredential } from '../../../shared/key-vault/vault-credential.ts';
import { openVault } from '../../../shared/key-vault/vault.ts';
import { Deadline } from '../../../shared/network/deadline.ts';
import { startKeyVaultEmulator } from '../../local/key-vault/start-key-vault-emulator.ts';
import { EMULATED_TENANT_ID, mintToken } from '../../local/wire/tokens.ts';
import { vaultOperations } from './open-emulated-vault.ts';
import { refuseWornTokens } from './refuse-worn-tokens.ts';

const environment = { ...process.env };
const folder = mkdtempSync(join(tmpdir(), 'developer-sign-in-'));
const [calls, tokens] = [join(folder, 'calls'), join(folder, 'tokens')];

/** In place of the Azure CLI: every call issues another token. */
const program = `#!${process.execPath}
const { appendFileSync, readFileSync } = require('node:fs');
appendFileSync('${calls}', 'x');
const accessToken = readFileSync('${tokens}', 'utf8').split(' ')[readFileSync('${calls}', 'utf8').length - 1];
console.log(JSON.stringify({ accessToken, expires_on: Math.floor(Date.now() / 1000) + 3600, tokenType: 'Bearer' }));
`;
const asked = (): number => readFileSync(calls, 'utf8').length;

beforeAll(() => {
  const exp = Math.floor(Date.now() / 1000) + 3600;
  const claims = { aud: 'https://vault.azure.net', tid: EMULATED_TENANT_ID, appid: 'app', exp };
  writeFileSync(tokens, Array.from({ length: 4 }, () => mintToken(claims)).join(' '));
  writeFileSync(calls, '');
  writeFileSync(join(folder, 'az'), program);
  chmodSync(join(folder, 'az'), 0o755);
  delete process.env['IDENTITY_ENDPOINT'];
  const PATH = `${folder}${delimiter}${process.env['PATH'] ?? ''}`;
  Object.assign(process.env, { PATH, AZURE_TOKEN_CREDENTIALS: 'AzureCliCredential' });
});
afterAll(() => {
  process.env = environment;
  rmSync(folder, { recursive: true });
});

test('gets one new token of the developer for each that the vault refuses, and none otherwise', async () => {
  const emulator = await startKeyVaultEmulator();
  emulator.setSecret('one', 'v');
  const vault = openVault('credential', emulator.url, new VaultCredential({ clientId: undefined, timeout: 10_000 }));
  const call = () => ({ deadline: Deadline.after(10_000), log: () => undefined });
  let expected = 1;
  for (const [, operate] of vaultOperations) {
    await operate(vault, call());
    await operate(vault, call());
    expect(asked()).toBe(expected);
    refuseWornTokens(emulator.server);
    await operate(vault, call());
    expected += 1;
    expect(asked()).toBe(expected);
  }
  await emulator.close();
});
