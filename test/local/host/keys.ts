import type { IncomingHttpHeaders } from 'node:http';

/** The keys that open functions of a host: one for all functions, one for the host, and the master key. */
export interface HostKeys {
  readonly function?: string;
  readonly host?: string;
  readonly master?: string;
}

export const localKeys = {
  function: 'local-function-key',
  host: 'local-host-key',
  master: 'local-master-key',
} as const satisfies HostKeys;

/** Whether a request may call a function of this level; the `x-functions-key` header wins over `?code=`. */
export function isAuthorised(
  level: string,
  headers: IncomingHttpHeaders,
  query: URLSearchParams,
  keys: HostKeys,
): boolean {
  if (level === 'anonymous') return true;
  const header = headers['x-functions-key'];
  const key = typeof header === 'string' && header !== '' ? header : query.get('code');
  if (!key) return false;
  const accepted = level === 'admin' ? [keys.master] : [keys.function, keys.host, keys.master];
  return accepted.includes(key);
}
