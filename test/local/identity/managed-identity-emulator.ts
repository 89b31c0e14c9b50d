import { randomUUID } from 'node:crypto';
import type { EmulatorServer } from '../wire/emulator-server.ts';
import { EMULATED_TENANT_ID, mintToken } from '../wire/tokens.ts';
import type { WireAnswer, WireRequest } from '../wire/wire.ts';

export interface ManagedIdentityOptions {
  readonly port?: number;
  /** The only identity, used for requests with this client id or none. */
  readonly clientId?: string;
  /** The object id of its service principal: the subject of its tokens. */
  readonly principalId?: string;
  readonly tenantId?: string;
  /** The required value of `IDENTITY_HEADER`. */
  readonly header?: string;
  /** Entra's authority, from which the issuer of the tokens is derived. */
  readonly authority?: string;
}

const storage = 'https://storage.azure.com';
const RESOURCES = [
  'https://vault.azure.net',
  'https://vault.azure.cn',
  'https://vault.usgovcloudapi.net',
  storage,
  'https://monitor.azure.com',
  'api://AzureADTokenExchange',
  'api://AzureADTokenExchangeChina',
  'api://AzureADTokenExchangeUSGov',
];

/** The identity endpoint of App Service and Functions, protocol of 2019-08-01 ("How to use managed identities for App Service"). */
export class ManagedIdentityEmulator {
  readonly server: EmulatorServer;
  readonly clientId: string;
  readonly principalId: string;
  readonly tenantId: string;
  readonly issuer: string;
  header: string;
  /** Lifetime of a token; a day, as in Azure. */
  tokenLifetimeSeconds = 86_400;
  /** The resources for which tokens are issued. */
  readonly resources = new Set(RESOURCES);

  constructor(server: EmulatorServer, options: ManagedIdentityOptions) {
    this.server = server;
    this.clientId = options.clientId?.toLowerCase() ?? '5d9c1f7e-2f0b-4c3e-8d43-0f6f3c2b7a11';
    this.principalId = options.principalId ?? 'b1f6d2a4-7c58-4e0d-9a35-2c4f1e8d6b22';
    this.tenantId = options.tenantId ?? EMULATED_TENANT_ID;
    this.header = options.header ?? randomUUID();
    this.issuer = `${options.authority ?? 'https://login.microsoftonline.com'}/${this.tenantId}/v2.0`;
  }

  /** The value for `IDENTITY_ENDPOINT`. */
  get endpoint(): string {
    return `${this.server.url}/msi/token`;
  }

  /** The two environment variables from which the SDK reads the endpoint. */
  get environment(): { readonly IDENTITY_ENDPOINT: string; readonly IDENTITY_HEADER: string } {
    return { IDENTITY_ENDPOINT: this.endpoint, IDENTITY_HEADER: this.header };
  }

  /** The federated credential of an app registration that trusts this identity. */
  federatedCredential(audience = 'api://AzureADTokenExchange'): Record<'issuer' | 'subject' | 'audience', string> {
    return { issuer: this.issuer, subject: this.principalId, audience };
  }

  close(): Promise<void> {
    return this.server.close();
  }

  handle(request: WireRequest): WireAnswer {
    const { query } = request;
    if (request.method !== 'GET') return refuse(404, 'Not found.');
    if (request.headers['x-identity-header'] !== this.header) return refuse(401, 'The identity header is wrong.');
    if (query.get('api-version') !== '2019-08-01') return refuse(400, 'The api-version is not supported.');
    const clientId = query.get('client_id') ?? this.clientId;
    const principalId = query.get('principal_id') ?? query.get('object_id') ?? this.principalId;
    if (clientId.toLowerCase() !== this.clientId || principalId !== this.principalId || query.has('mi_res_id')) {
      const message =
        'No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.';
      return refuse(400, message);
    }
    const resource = (query.get('resource') ?? '').replace(/\/$/, '');
    if (!this.resources.has(resource))
      return refuse(400, `AADSTS500011: The resource principal ${resource} was not found.`);
    return this.#issue(resource);
  }

  #issue(resource: string): WireAnswer {
    const { tenantId: tid, principalId: oid, clientId: appid } = this;
    // Storage accepts v1 tokens, which have a different issuer.
    const iss = resource === storage ? `https://sts.windows.net/${tid}/` : this.issuer;
    const iat = Math.floor(Date.now() / 1000);
    const exp = iat + this.tokenLifetimeSeconds;
    const token = mintToken({ aud: resource, iss, iat, nbf: iat, exp, appid, tid, oid, sub: oid, idtyp: 'app' });
    const body = { access_token: token, expires_on: String(exp), resource, token_type: 'Bearer', client_id: appid };
    return json(200, body);
  }
}

function refuse(status: number, message: string): WireAnswer {
  return json(status, { statusCode: status, message, correlationId: randomUUID() });
}

function json(status: number, body: object): WireAnswer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) };
}
