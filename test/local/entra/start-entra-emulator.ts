import { EmulatorServer } from '../wire/emulator-server.ts';
import { EntraEmulator, type EntraOptions } from './entra-emulator.ts';
import { readEndpoint } from './read-token-request.ts';

/** Starts Entra on loopback; its address is an authority. Requests are named `token` and `authorize`. */
export async function startEntraEmulator(options: EntraOptions = {}): Promise<EntraEmulator> {
  let entra: EntraEmulator | undefined;
  const server = await EmulatorServer.start({
    ...(options.port === undefined ? {} : { port: options.port }),
    classify: (request) => readEndpoint(request.path)?.name ?? 'unknown',
    handle: (request) => entra?.handle(request) ?? { status: 503 },
  });
  entra = new EntraEmulator(server, options);
  return entra;
}
