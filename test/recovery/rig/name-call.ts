import type { WireRequest } from '../../local/wire/wire.ts';

/** The name of an upstream call in the proofs: emulator, operation and subject, for example `table replaceRow Succeeded`. */
export function nameCall(server: string, request: WireRequest): string {
  return `${server} ${nameOperation(server, request)}`;
}

function nameOperation(server: string, { operation, path, headers, body }: WireRequest): string {
  if (server === 'table') return [operation, /"state":"(\w+)"/.exec(body)?.[1] ?? []].flat().join(' ');
  if (!server.endsWith('Vault')) return operation;
  // Key Vault's challenge to a client without a token.
  if (headers['authorization'] === undefined) return 'challenge';
  const secret = /^\/secrets\/([^/]+)/.exec(path)?.[1] ?? '';
  const kind = /-(admin-username|admin-password)$/.exec(secret)?.[1];
  if (kind === undefined) return `${operation} ${secret}`;
  return `${operation === 'setSecret' ? 'store' : 'list'} ${kind}`;
}
