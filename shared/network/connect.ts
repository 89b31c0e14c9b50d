import { backgroundLog } from '../log/log.ts';
import type { Deadline } from './deadline.ts';
import { send } from './send.ts';
import type { Upstream } from './upstream-error.ts';

/**
 * Opens connections for the next parallel requests to this address, by GET requests whose responses are ignored. The first connection is
 * opened alone, so that the others can resume its TLS session. Does nothing for plain http, which has no handshake. Does not use HEAD: after
 * a response without a length, Node.js would close the connection. Never rejects: the first real request reports an unreachable service.
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
    // The first real request reports the failure.
  }
}
