import type { WireRequest } from '../wire/wire.ts';
import type { AppRegistration } from './app-registration.ts';
import { EntraRefusal } from './entra-refusal.ts';
import type { EntraState } from './entra-state.ts';

/** A request to a token endpoint, with its parsed path, app and form. */
export interface TokenRequest {
  readonly version: 1 | 2;
  /** The allowed audiences of an assertion. */
  readonly endpoints: readonly string[];
  readonly app: AppRegistration;
  readonly form: URLSearchParams;
}

const ENDPOINT = /^\/([^/]+)\/oauth2\/(v2\.0\/)?(token|authorize)\/?$/;

/** The endpoint of a path; undefined for any other path. */
export function readEndpoint(path: string): { tenant: string; version: 1 | 2; name: string } | undefined {
  const match = ENDPOINT.exec(path);
  return match ? { tenant: match[1] ?? '', version: match[2] ? 2 : 1, name: match[3] ?? '' } : undefined;
}

/** Finds the tenant and the app of a request; `organizations` and `common` stand for the app's own tenant. */
export function findApp(state: EntraState, tenant: string, clientId: string | null): AppRegistration {
  const own = ['organizations', 'common'].includes(tenant.toLowerCase());
  if (!own && !state.tenants.has(tenant.toLowerCase())) throw new EntraRefusal(90002, `Tenant '${tenant}'.`);
  if (!clientId) throw new EntraRefusal(900144, "Parameter: 'client_id'.");
  const app = state.clients.get(clientId.toLowerCase());
  if (!app || (!own && app.tenantId !== tenant.toLowerCase())) throw new EntraRefusal(700016, `'${clientId}'.`);
  return app;
}

/** Reads the form of a token request; refusals as Entra's. */
export function readTokenRequest(state: EntraState, request: WireRequest): TokenRequest {
  const { tenant = '', version = 2 } = readEndpoint(request.path) ?? {};
  if (request.method !== 'POST') throw new EntraRefusal(900561);
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  const form = new URLSearchParams(isForm ? request.body : '');
  const app = findApp(state, tenant, form.get('client_id'));
  const base = `${request.origin}/${tenant}/oauth2`;
  return { version, endpoints: [`${base}/token`, `${base}/v2.0/token`], app, form };
}

/** A required parameter; AADSTS900144 if it is missing. */
export function demand(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (!value) throw new EntraRefusal(900144, `Parameter: '${name}'.`);
  return value;
}
