import type { VaultCall } from '../../../shared/key-vault/vault-call.ts';
import { openVault, type Vault } from '../../../shared/key-vault/vault.ts';
import { Deadline } from '../../../shared/network/deadline.ts';
import type { KeyVaultEmulator } from '../../local/key-vault/key-vault-emulator.ts';
import { startKeyVaultEmulator } from '../../local/key-vault/start-key-vault-emulator.ts';
import type { Fault, WireAnswer } from '../../local/wire/wire.ts';
import { EMULATED_TENANT_ID, mintToken } from '../../local/wire/tokens.ts';

/** A vault client of the product at its own emulator, after its first call. */
export interface EmulatedVault {
  readonly vault: Vault;
  readonly emulator: KeyVaultEmulator;
  readonly call: () => VaultCall;
  /** From now on every request, or every matching one, gets this answer. */
  readonly answerAll: (answer: WireAnswer, matches?: Fault['matches']) => void;
}

/** The vault operations of the product. */
export const vaultOperations: readonly (readonly [string, (vault: Vault, call: VaultCall) => Promise<unknown>])[] = [
  ['reading a secret', (vault, call) => vault.readSecret('one', call)],
  ['listing versions', (vault, call) => vault.listVersions('one', call)],
  [
    'storing a secret',
    (vault, call) => vault.storeSecret({ name: 'one', value: 'v', contentType: 'text/plain' }, call),
  ],
];

export async function openEmulatedVault(): Promise<EmulatedVault> {
  const emulator = await startKeyVaultEmulator();
  const exp = Math.floor(Date.now() / 1000) + 3600;
  const token = mintToken({ aud: 'https://vault.azure.net', tid: EMULATED_TENANT_ID, appid: 'app', exp });
  const credential = { getToken: () => Promise.resolve({ token, expiresOnTimestamp: exp * 1000 }) };
  const vault = openVault('credential', emulator.url, credential);
  const call = (): VaultCall => ({ deadline: Deadline.after(2500), log: () => undefined });
  // The client then has its token, and the next request is the operation itself.
  await vault.listVersions('other', call());
  const answerAll: EmulatedVault['answerAll'] = (answer, matches = () => true) =>
    emulator.server.faults.add({ kind: 'status', answer, times: Infinity, matches });
  return { vault, emulator, call, answerAll };
}
