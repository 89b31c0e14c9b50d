import { backgroundLog } from '../log/log.ts';
import type { Deadline } from './deadline.ts';
import { send } from './send.ts';
import type { Upstream } from './upstream-error.ts';

/**
 * Opens connections that the next requests to this address find, as many as will be made side by side: by requests that want nothing, first one,
 * whose TLS session the others resume. Not for plain http, which has no handshake to save; not by HEAD, after which Node closes a connection
 * whose answer has no length. Never rejects: whoever needs the service reports that it cannot be reached.
 */
export async function connect(upstream: Upstream, address: string, deadline: Deadline, connections = 1): Promise<void> {
  const { protocol, origin } = new URL(address);
  if (protocol !== 'https:') return;
  const request = { operation: 'connect', method: 'GET', url: `${origin}/`, headers: {} } as const;
  const open = (): Promise<unknown> => send({ upstream, ...request, deadline, log: backgroundLog });
  try {
    await open();
    if (connections > 1) await Promise.all(Array.from({ length: connections }, open));
  } catch {
    // See above.
  }
}
