import type { EmulatorServer } from '../wire/emulator-server.ts';
import { EMULATED_TENANT_ID, readBearer } from '../wire/tokens.ts';
import type { WireAnswer, WireRequest } from '../wire/wire.ts';
import { findOperation, type TableOperation } from './find-operation.ts';
import { handleOperation } from './handle-operation.ts';
import { RowStore } from './row-store.ts';
import { challenge, complete, tableError } from './table-answers.ts';

export interface TableStorageOptions {
  readonly port?: number;
  readonly account?: string;
  /** The table that exists from the start. */
  readonly table?: string;
  /** The tenant that tokens must come from. */
  readonly tenantId?: string;
}

/** One row as tests see it. */
export interface EmulatedRow {
  readonly partitionKey: string;
  readonly rowKey: string;
  readonly etag: string;
  /** Milliseconds since the epoch, by the emulator's clock. */
  readonly timestamp: number;
  readonly properties: Readonly<Record<string, string | number | boolean>>;
}

const resource = 'https://storage.azure.com';

/** One account of Azure Table storage with one table in use, as far as the REST interface of rows goes, with knobs that can be changed. */
export class TableStorageEmulator {
  readonly server: EmulatorServer;
  /** `/{account}/{table}`, after the address of the server or of a front of it. */
  readonly path: string;
  /** The permissions of the caller; `read` alone is "Storage Table Data Reader", none means no role. */
  permissions = new Set<'read' | 'write'>(['read', 'write']);
  /** True answers 503 to everything. For a service that cannot be reached at all, give `server.faults` a reset. */
  outage = false;
  /** True makes the table missing. */
  missing = false;
  /** Number of rows that one page of a query scans: a small number makes pages that are empty without being the last. */
  scanLimit = Infinity;
  /** Milliseconds by which the service's clock, its `Date` header and its times are ahead. */
  clockOffsetMs = 0;
  readonly #tables = new Map<string, RowStore>();
  readonly #store = new RowStore();
  readonly #tenantId: string;
  readonly #table: string;

  constructor(server: EmulatorServer, options: TableStorageOptions) {
    const { account = 'devstoreaccount1', table = 'onboardings', tenantId = EMULATED_TENANT_ID } = options;
    this.server = server;
    this.path = `/${account}/${table}`;
    this.#tenantId = tenantId;
    this.#table = table;
    this.#tables.set(table.toLowerCase(), this.#store);
  }

  /** The value for `ONBOARDING_TABLE_URL`. */
  get url(): string {
    return this.server.url + this.path;
  }

  /** All rows in the order of their keys. */
  get rows(): readonly EmulatedRow[] {
    return this.#store.rows.map(({ written, properties, ...row }) => ({
      ...row,
      timestamp: Date.parse(written),
      properties: Object.fromEntries(Object.entries(properties).map(([name, { value }]) => [name, value])),
    }));
  }

  row(partitionKey: string, rowKey?: string): EmulatedRow | undefined {
    return this.rows.find((row) => row.partitionKey === partitionKey && row.rowKey === (rowKey ?? row.rowKey));
  }

  /** Writes a row unconditionally, bypassing permissions and knobs; `timestamp` backdates it. */
  put(row: Omit<EmulatedRow, 'etag' | 'timestamp'> & { readonly timestamp?: number }): void {
    const kinds = { string: 'Edm.String', number: 'Edm.Double', boolean: 'Edm.Boolean' } as const;
    const properties = Object.entries(row.properties).map(([name, value]) => {
      return [name, { type: kinds[typeof value as keyof typeof kinds], value }] as const;
    });
    this.#store.write({ ...row, properties: Object.fromEntries(properties) }, row.timestamp ?? this.#now());
  }

  delete(partitionKey: string, rowKey: string): void {
    this.#store.delete(partitionKey, rowKey);
  }

  clear(): void {
    this.#store.clear();
  }

  close(): Promise<void> {
    return this.server.close();
  }

  handle(request: WireRequest): WireAnswer {
    return complete(this.#answer(request), this.#now(), request.headers['x-ms-version'] ?? '2020-12-06');
  }

  #answer(request: WireRequest): WireAnswer {
    if (this.outage) return tableError(503, 'ServerBusy');
    const stranger = this.#refuseCaller(request);
    if (stranger) return stranger;
    const operation = findOperation(request);
    const needed = request.method === 'GET' ? 'read' : 'write';
    if (!this.permissions.has(needed)) return tableError(403, 'AuthorizationPermissionMismatch');
    if (operation.operation === 'createTable') return this.#createTable(request);
    const store = this.#find(operation);
    if (!store) return tableError(404, 'TableNotFound');
    const { scanLimit } = this;
    return handleOperation(operation, request, { store, now: this.#now(), scanLimit });
  }

  #find({ account, table }: TableOperation): RowStore | undefined {
    if (this.path.split('/')[1] !== account) return undefined;
    if (this.missing && table.toLowerCase() === this.#table.toLowerCase()) return undefined;
    return this.#tables.get(table.toLowerCase());
  }

  #createTable(request: WireRequest): WireAnswer {
    const name = /"TableName"\s*:\s*"([A-Za-z][A-Za-z0-9]{2,62})"/.exec(request.body)?.[1];
    if (name === undefined) return tableError(400, 'InvalidInput');
    if (this.#tables.has(name.toLowerCase())) return tableError(409, 'TableAlreadyExists');
    this.#tables.set(name.toLowerCase(), new RowStore());
    return request.headers['prefer'] === 'return-no-content'
      ? { status: 204 }
      : { status: 201, body: JSON.stringify({ TableName: name }) };
  }

  #refuseCaller({ headers: { authorization } }: WireRequest): WireAnswer | undefined {
    const authority = `https://login.microsoftonline.com/${this.#tenantId}`;
    if (authorization === undefined) return challenge(authority, 'NoAuthenticationInformation');
    const token = readBearer(authorization);
    const known =
      token?.aud.replace(/\/$/, '') === resource && token.tid === this.#tenantId && token.exp * 1000 > Date.now();
    return known ? undefined : challenge(authority, 'InvalidAuthenticationInfo');
  }

  #now(): number {
    return Date.now() + this.clockOffsetMs;
  }
}
