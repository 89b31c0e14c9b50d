import type { WireRequest } from '../../local/wire/wire.ts';

/** What the proofs call an upstream call: the emulator, the operation and what it is about, for example `credentialVault store Started`. */
export function nameCall(server: string, request: WireRequest): string {
  return `${server} ${nameOperation(server, request)}`;
}

function nameOperation(server: string, { operation, path, headers, body }: WireRequest): string {
  if (!server.endsWith('Vault')) return operation;
  // Key Vault's first answer to a client without a token: where to get one.
  if (headers['authorization'] === undefined) return 'challenge';
  const secret = /^\/secrets\/([^/]+)/.exec(path)?.[1] ?? '';
  const kind = /-(onboarding|admin-username|admin-password)$/.exec(secret)?.[1];
  if (kind === undefined) return `${operation} ${secret}`;
  if (operation !== 'setSecret') return `list ${kind}`;
  const { event, pending } = readTags(body);
  return `store ${event ?? (pending === undefined ? kind : `pending ${kind}`)}`;
}

function readTags(body: string): Readonly<Record<string, string>> {
  try {
    return (JSON.parse(body) as { tags?: Record<string, string> }).tags ?? {};
  } catch {
    return {};
  }
}
