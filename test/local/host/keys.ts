import type { IncomingMessage } from 'node:http';

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

/**
 * Whether a request may call a function of this level. The first `x-functions-key` header takes precedence over `?code=`, even if it is empty;
 * keys and the name `code` are compared without case.
 */
export function isAuthorised(
  level: string,
  headers: IncomingMessage['headersDistinct'],
  query: URLSearchParams,
  keys: HostKeys,
): boolean {
  if (level === 'anonymous') return true;
  const key = headers['x-functions-key']?.[0] ?? readCode(query);
  if (!key) return false;
  const accepted = level === 'admin' ? [keys.master] : [keys.function, keys.host, keys.master];
  return accepted.some((one) => one?.toLowerCase() === key.toLowerCase());
}

function readCode(query: URLSearchParams): string | undefined {
  return [...query].find(([name]) => name.toLowerCase() === 'code')?.[1];
}
