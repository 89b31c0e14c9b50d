import { backgroundLog } from '../log/log.ts';
import type { Deadline } from './deadline.ts';
import { send } from './send.ts';
import type { Upstream } from './upstream-error.ts';

/**
 * Opens connections that the next parallel requests to this address use: first one, whose TLS session the others resume, by a GET whose
 * response is ignored. Does nothing for plain http, which has no handshake; does not use HEAD, after which Node.js closes a connection whose
 * response has no length. Never rejects: the first real request reports an unreachable service.
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
