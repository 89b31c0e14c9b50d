import { EmulatorServer } from '../wire/emulator-server.ts';
import { findOperation } from './find-operation.ts';
import { KeyVaultEmulator, type KeyVaultOptions } from './key-vault-emulator.ts';

/** Starts one vault on loopback; start several for several vaults. Requests are named after the REST operations (`setSecret`, `listVersions`, …). */
export async function startKeyVaultEmulator(options: KeyVaultOptions = {}): Promise<KeyVaultEmulator> {
  let vault: KeyVaultEmulator | undefined;
  const server = await EmulatorServer.start({
    ...(options.port === undefined ? {} : { port: options.port }),
    classify: (request) => findOperation(request)?.operation ?? 'unknown',
    handle: (request) => vault?.handle(request) ?? { status: 503 },
  });
  vault = new KeyVaultEmulator(server, options);
  return vault;
}
