import { backgroundLog } from '../log/log.ts';
import type { Deadline } from './deadline.ts';
import { send } from './send.ts';
import type { Upstream } from './upstream-error.ts';

/**
 * Opens a connection that the next request to this address finds, by a request that wants nothing. Later connections resume its TLS session. Not for
 * plain http, which has no handshake to save; not by HEAD, after which Node closes a connection whose answer has no length. Never rejects: whoever needs the service reports that it cannot be reached.
 */
export async function connect(upstream: Upstream, address: string, deadline: Deadline): Promise<void> {
  const { protocol, origin } = new URL(address);
  if (protocol !== 'https:') return;
  const request = { operation: 'connect', method: 'GET', url: `${origin}/`, headers: {} } as const;
  await send({ upstream, ...request, deadline, log: backgroundLog }).catch(() => undefined);
}
