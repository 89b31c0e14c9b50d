import type { WireRequest } from '../wire/wire.ts';

/** The permissions of an identity, by the data actions of Azure's roles; `list` is reading metadata. */
export type VaultPermission = 'get' | 'set' | 'list' | 'update' | 'delete' | 'recover' | 'purge';

interface Route {
  readonly operation: string;
  readonly method: string;
  readonly path: RegExp;
  readonly permission: VaultPermission;
}

/** A parsed request: the operation of Key Vault's REST API and its subject. */
export interface VaultOperation extends Route {
  readonly name: string;
  readonly version: string;
}

const ROUTES: readonly Route[] = [
  { operation: 'listSecrets', method: 'GET', path: /^\/secrets\/?$/, permission: 'list' },
  { operation: 'setSecret', method: 'PUT', path: /^\/secrets\/([^/]+)\/?$/, permission: 'set' },
  { operation: 'deleteSecret', method: 'DELETE', path: /^\/secrets\/([^/]+)\/?$/, permission: 'delete' },
  { operation: 'listVersions', method: 'GET', path: /^\/secrets\/([^/]+)\/versions\/?$/, permission: 'list' },
  { operation: 'getSecret', method: 'GET', path: /^\/secrets\/([^/]+)(?:\/([^/]*))?\/?$/, permission: 'get' },
  { operation: 'updateSecret', method: 'PATCH', path: /^\/secrets\/([^/]+)(?:\/([^/]*))?\/?$/, permission: 'update' },
  { operation: 'getDeletedSecret', method: 'GET', path: /^\/deletedsecrets\/([^/]+)\/?$/, permission: 'list' },
  {
    operation: 'recoverSecret',
    method: 'POST',
    path: /^\/deletedsecrets\/([^/]+)\/recover\/?$/,
    permission: 'recover',
  },
  { operation: 'purgeSecret', method: 'DELETE', path: /^\/deletedsecrets\/([^/]+)\/?$/, permission: 'purge' },
];

/** The operation of a request; undefined if Key Vault has no such route. */
export function findOperation(request: Pick<WireRequest, 'method' | 'path'>): VaultOperation | undefined {
  for (const route of ROUTES) {
    const match = route.method === request.method ? route.path.exec(request.path) : null;
    if (match) return { ...route, name: match[1] ?? '', version: match[2] ?? '' };
  }
  return undefined;
}
