// The emulator and Azurite must give the same answers: `TABLE_STORAGE_URL` names a table of Azurite; without it the emulator is started.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { startTableStorageEmulator } from './start-table-storage-emulator.ts';
import type { TableStorageEmulator } from './table-storage-emulator.ts';
import { EMULATED_TENANT_ID, mintToken } from '../wire/tokens.ts';

/** An answer as received, with its error code. */
export interface Told {
  readonly status: number;
  readonly code: string | undefined;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

const azurite = process.env['TABLE_STORAGE_URL'];
let emulator: TableStorageEmulator | undefined;
export let url = azurite ?? '';
/** A separate partition for every test. */
export let partition = '';

/** Starts the emulator for the tests of a file, unless Azurite is used. */
export function useTable(): void {
  beforeAll(async () => {
    if (azurite !== undefined) return;
    emulator = await startTableStorageEmulator();
    url = emulator.url;
  });
  afterAll(() => emulator?.close());
  beforeEach(() => {
    partition = `p-${randomUUID()}`;
  });
}

/** A token that both accept: Azurite checks its claims but not its signature. */
export function mintTableToken(): string {
  const now = Math.floor(Date.now() / 1000);
  const issuer = `https://sts.windows.net/${EMULATED_TENANT_ID}/`;
  const [aud, tid, appid] = ['https://storage.azure.com', EMULATED_TENANT_ID, randomUUID()];
  return mintToken({ aud, tid, appid, iss: issuer, nbf: now - 60, iat: now - 60, exp: now + 600 });
}

/** Sends one request; `path` comes after the table's address, or with a leading slash instead of the table's name. */
export async function ask(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: object,
): Promise<Told> {
  const answer = await fetch(path.startsWith('/') ? url.replace(/\/\w+$/, path) : url + path, {
    method,
    headers: {
      authorization: `Bearer ${mintTableToken()}`,
      accept: 'application/json;odata=minimalmetadata',
      'x-ms-version': '2020-12-06',
      'x-ms-date': new Date().toUTCString(),
      dataserviceversion: '3.0',
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  const read = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
  const { code } = (read['odata.error'] ?? {}) as { code?: string };
  return { status: answer.status, code, headers: answer.headers, body: read };
}

/** The path of a row in the partition of the test. */
export const at = (row: string): string =>
  `(PartitionKey='${encodeURIComponent(partition)}',RowKey='${encodeURIComponent(row)}')`;

/** Inserts a row into the partition of the test. */
export const insert = (row: string, properties: object = {}, headers: Record<string, string> = {}): Promise<Told> =>
  ask('POST', '', { prefer: 'return-no-content', ...headers }, { PartitionKey: partition, RowKey: row, ...properties });

/** Status and code of a refusal, `404 TableNotFound`. */
export function ofCode(told: Told): string {
  return `${told.status} ${told.code}`;
}
