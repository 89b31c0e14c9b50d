import type { EmulatorServer } from '../wire/emulator-server.ts';
import { EMULATED_TENANT_ID } from '../wire/tokens.ts';
import type { WireAnswer, WireRequest } from '../wire/wire.ts';
import { refuseCaller, refuseOperation, type Trust } from './check-caller.ts';
import { findOperation, type VaultOperation, type VaultPermission } from './find-operation.ts';
import { handleOperation } from './handle-operation.ts';
import { SecretStore, type SecretInput, type SecretVersion } from './secret-store.ts';
import { badParameter, complete, vaultError } from './vault-answers.ts';

export interface KeyVaultOptions {
  readonly port?: number;
  readonly name?: string;
  /** The tenant that tokens must come from. */
  readonly tenantId?: string;
  /** The authority that the challenge names. */
  readonly authority?: string;
  /** The required audience of tokens; different in the national clouds. */
  readonly resource?: string;
  readonly permissions?: Iterable<VaultPermission>;
}

const ALL: readonly VaultPermission[] = ['get', 'set', 'list', 'update', 'delete', 'recover', 'purge'];
const SECRET_NAME = /^[0-9A-Za-z-]{1,127}$/;
const API_VERSION = /^(7\.\d+|20\d\d-\d\d-\d\d)(-preview[.\d]*)?$/;

/** One vault: the secrets part of Key Vault's REST API, with knobs that can be changed while it runs. */
export class KeyVaultEmulator {
  readonly name: string;
  readonly server: EmulatorServer;
  /** The permissions of the callers; the same for all. */
  permissions: Set<VaultPermission>;
  /** True answers 503 to everything. For a vault that cannot be reached at all, give `server.faults` a reset. */
  outage = false;
  /** True answers 403 to every write. */
  readOnly = false;
  pageSize = 25;
  /** The answer to a list of the versions of a missing secret: empty or a 404, which may have no body. */
  versionsOfMissing: 'empty' | 'not-found' | 'bare-404' = 'empty';
  /** Milliseconds by which the vault's clock, its `Date` header and its times are ahead. */
  clockOffsetMs = 0;
  readonly #store: SecretStore;
  readonly #trust: Trust;

  constructor(server: EmulatorServer, options: KeyVaultOptions) {
    const { authority = 'https://login.microsoftonline.com', tenantId = EMULATED_TENANT_ID } = options;
    this.server = server;
    this.name = options.name ?? 'vault';
    this.permissions = new Set(options.permissions ?? ALL);
    this.#store = new SecretStore(this.name);
    const resource = options.resource ?? 'https://vault.azure.net';
    this.#trust = { authorization: `${authority}/${tenantId}`, tenantId, resource };
  }

  get url(): string {
    return this.server.url;
  }

  /** All live secrets by their name in lower case, versions oldest first. */
  get secrets(): ReadonlyMap<string, readonly SecretVersion[]> {
    return this.#store.secrets;
  }

  latest(name: string): SecretVersion | undefined {
    return this.#store.latest(name);
  }

  /** Oldest first. */
  versions(name: string): readonly SecretVersion[] {
    return this.#store.versions(name);
  }

  /** Adds a version, bypassing permissions and knobs, for tests and setup. */
  setSecret(name: string, value: string, rest: Omit<SecretInput, 'value'> = {}): SecretVersion {
    return this.#store.add(name, { ...rest, value }, this.#now());
  }

  softDelete(name: string): void {
    this.#store.softDelete(name, this.#now());
  }

  recover(name: string): void {
    this.#store.recover(name);
  }

  close(): Promise<void> {
    return this.server.close();
  }

  handle(request: WireRequest): WireAnswer {
    return complete(this.#answer(request), this.#now());
  }

  #answer(request: WireRequest): WireAnswer {
    if (this.outage) return vaultError(503, 'ServiceUnavailable', 'The service is unavailable.');
    const stranger = refuseCaller(request, this.#trust);
    if (stranger) return stranger;
    const operation = findOperation(request);
    if (!operation) return vaultError(404, 'NotFound', 'No such resource.');
    return this.#refuse(request, operation) ?? handleOperation(operation, request, this.#context(request));
  }

  #refuse(request: WireRequest, operation: VaultOperation): WireAnswer | undefined {
    const version = request.query.get('api-version') ?? '';
    if (!API_VERSION.test(version)) return badParameter('The api-version is missing or not supported.');
    if (operation.name !== '' && !SECRET_NAME.test(operation.name)) {
      return badParameter('The secret name must match 0-9, a-z, A-Z and -, 1 to 127 characters.');
    }
    if (!this.permissions.has(operation.permission)) return refuseOperation(operation, this.name);
    return this.readOnly && request.method !== 'GET' ? refuseOperation(operation, this.name) : undefined;
  }

  #context(request: WireRequest): Parameters<typeof handleOperation>[2] {
    const { pageSize, versionsOfMissing } = this;
    return { store: this.#store, vault: request.origin, now: this.#now(), pageSize, versionsOfMissing };
  }

  #now(): number {
    return Date.now() + this.clockOffsetMs;
  }
}
