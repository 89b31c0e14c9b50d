import { EntraRefusal } from './entra-refusal.ts';
import type { EntraState } from './entra-state.ts';

/** The resource for which a request wants a token. */
export interface Audience {
  readonly resource: string;
  /** Delegated permissions without the resource, for example `user_impersonation`. */
  readonly permissions: readonly string[];
  readonly offline: boolean;
  readonly openId: boolean;
}

const OPEN_ID_SCOPES = new Set(['openid', 'profile', 'email', 'offline_access']);

/** Reads `resource` (v1) or `scope` (v2); `fallback` is the resource of the grant, used when the request names none. */
export function findAudience(state: EntraState, version: 1 | 2, form: URLSearchParams, fallback?: string): Audience {
  const scopes = (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
  const openId = scopes.includes('openid');
  const offline = version === 1 || scopes.includes('offline_access');
  const named = version === 1 ? fromResource(form.get('resource')) : fromScopes(scopes);
  const resource = named?.resource ?? fallback;
  if (resource === undefined) throw new EntraRefusal(900144, `Parameter: '${version === 1 ? 'resource' : 'scope'}'.`);
  if (!state.resources.has(resource)) throw new EntraRefusal(500011, `'${resource}'.`);
  return { resource, permissions: named?.permissions ?? ['user_impersonation'], offline, openId };
}

/** For client credentials over v2, which accept exactly one scope. */
export function checkDefaultScope(form: URLSearchParams): void {
  if (!/^\S+\/\.default$/.test((form.get('scope') ?? '').trim())) throw new EntraRefusal(1002012);
}

function fromResource(resource: string | null): { resource: string; permissions: string[] } | undefined {
  return resource ? { resource: resource.replace(/\/$/, ''), permissions: ['user_impersonation'] } : undefined;
}

function fromScopes(scopes: readonly string[]): { resource: string; permissions: string[] } | undefined {
  const parts = scopes
    .filter((scope) => !OPEN_ID_SCOPES.has(scope))
    .map((scope) => {
      const cut = scope.lastIndexOf('/');
      if (cut <= 0) throw new EntraRefusal(70011, `'${scope}'.`);
      return { resource: scope.slice(0, cut).replace(/\/$/, ''), permission: scope.slice(cut + 1) };
    });
  const [first] = parts;
  if (!first) return undefined;
  if (parts.some(({ resource }) => resource !== first.resource)) throw new EntraRefusal(28000);
  const names = parts.map(({ permission }) => (permission === '.default' ? 'user_impersonation' : permission));
  return { resource: first.resource, permissions: names };
}
