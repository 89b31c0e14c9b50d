import { EmulatorServer } from '../wire/emulator-server.ts';
import { ManagedIdentityEmulator, type ManagedIdentityOptions } from './managed-identity-emulator.ts';

/** Starts the identity endpoint of a Function App on loopback; its requests are all named `getIdentityToken`. */
export async function startManagedIdentityEmulator(
  options: ManagedIdentityOptions = {},
): Promise<ManagedIdentityEmulator> {
  let identity: ManagedIdentityEmulator | undefined;
  const server = await EmulatorServer.start({
    ...(options.port === undefined ? {} : { port: options.port }),
    classify: () => 'getIdentityToken',
    handle: (request) => identity?.handle(request) ?? { status: 503 },
  });
  identity = new ManagedIdentityEmulator(server, options);
  return identity;
}
