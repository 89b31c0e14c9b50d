import type { RenewableCredential } from '../network/renewable-credential.ts';
import { retry } from '../network/retry.ts';
import type { Incoming } from '../network/send.ts';
import { readContinuation, writeContinuation } from './continuation.ts';
import { malformed, readBody, readCode, readRecord, readServiceTime, unusable } from './table-answer.ts';
import { requestTable, type TableCall, type TableRequest } from './table-request.ts';
import { readEntity, readEtagTime, writeEntity } from './table-row.ts';
import type { TableKey, TableProperties, TableRow } from './table-row.ts';

export { tableResource, type TableCall } from './table-request.ts';
export type { TableKey, TableProperties, TableRow } from './table-row.ts';

/** The row after a write. Times are milliseconds by the service's clock. */
export interface TableWrite {
  readonly etag: string;
  readonly timestamp: number;
  readonly serviceTime: number;
}

/** One table of Azure Table storage, with the operations that the app needs. Failures are `UpstreamError`. */
export interface Table {
  readonly url: string;
  /** The row, if it exists; `serviceTime` is the Date of the response in milliseconds. */
  read(
    partitionKey: string,
    rowKey: string,
    call: TableCall,
  ): Promise<{ row: TableRow | undefined; serviceTime: number }>;
  /** Inserts the row; `conflict` if it exists. Sent once: if unanswered, the caller reads the row and recognises its own write. */
  insert(key: TableKey, properties: TableProperties, call: TableCall): Promise<TableWrite | 'conflict'>;
  /** Replaces the row if it still has this ETag; `conflict` if it was changed or deleted. Sent once. */
  replace(key: TableKey, etag: string, properties: TableProperties, call: TableCall): Promise<TableWrite | 'conflict'>;
  /** One page of rows, sorted by key. */
  query(
    options: { readonly filter?: string; readonly top?: number; readonly continuation?: string },
    call: TableCall,
  ): Promise<{ rows: readonly TableRow[]; continuation: string | undefined; serviceTime: number }>;
}

/** Opens a table: `https://{account}.table.core.windows.net/{table}`, or `http://127.0.0.1:{port}/{account}/{table}` on loopback. */
export function openTable(url: string, credential: RenewableCredential): Table {
  const request = (what: TableRequest, call: TableCall): Promise<Incoming> => requestTable(credential, what, call);
  return {
    url,
    read: (partitionKey, rowKey, call) =>
      retry(
        async () => {
          const operation = 'readRow';
          const at = addressOf(url, { partitionKey, rowKey });
          const answer = await request({ operation, method: 'GET', url: at }, call);
          if (answer.status === 404 && readCode(answer) === 'ResourceNotFound')
            return { row: undefined, serviceTime: readServiceTime(operation, answer) };
          if (answer.status !== 200) throw unusable(operation, answer);
          const row = readEntity(readBody(operation, answer), answer.header('etag'));
          if (row?.partitionKey !== partitionKey || row.rowKey !== rowKey) throw malformed(operation, answer);
          return { row, serviceTime: readServiceTime(operation, answer) };
        },
        { deadline: call.deadline, operation: 'readRow' },
      ),
    insert: async (key, properties, call) => {
      const operation = 'insertRow';
      const headers = { Prefer: 'return-no-content' };
      const body = writeEntity(key, properties);
      const answer = await request({ operation, method: 'POST', url, headers, body }, call);
      const conflict = answer.status === 409 && readCode(answer) === 'EntityAlreadyExists';
      return conflict ? 'conflict' : readWrite(operation, answer);
    },
    replace: async (key, etag, properties, call) => {
      const operation = 'replaceRow';
      const headers = { 'If-Match': etag };
      const body = writeEntity(key, properties);
      const answer = await request({ operation, method: 'PUT', url: addressOf(url, key), headers, body }, call);
      const code = readCode(answer);
      const changed = answer.status === 412 && code !== undefined;
      const gone = answer.status === 404 && code === 'ResourceNotFound';
      return changed || gone ? 'conflict' : readWrite(operation, answer);
    },
    query: ({ filter, top, continuation }, call) =>
      retry(
        async () => {
          const operation = 'queryRows';
          const parameters = new URLSearchParams({
            ...(filter === undefined ? {} : { $filter: filter }),
            ...(top === undefined ? {} : { $top: String(top) }),
            ...(continuation === undefined ? {} : writeContinuation(continuation)),
          });
          // The service reads a plus sign literally, not as a space.
          const asked = parameters.toString().replaceAll('+', '%20');
          const at = `${url}()${asked ? `?${asked}` : ''}`;
          const answer = await request({ operation, method: 'GET', url: at }, call);
          if (answer.status !== 200) throw unusable(operation, answer);
          const { value } = readBody(operation, answer);
          const read = Array.isArray(value) ? value.map((entity) => readEntity(readRecord(entity) ?? {})) : [undefined];
          const rows = read.filter((row) => row !== undefined);
          if (rows.length !== read.length) throw malformed(operation, answer);
          return { rows, continuation: readContinuation(answer), serviceTime: readServiceTime(operation, answer) };
        },
        { deadline: call.deadline, operation: 'queryRows' },
      ),
  };
}

/** The URL of a row. Quotes in a key are doubled, as in every OData literal. */
function addressOf(url: string, { partitionKey, rowKey }: TableKey): string {
  const quote = (key: string): string => `'${encodeURIComponent(key.replaceAll("'", "''"))}'`;
  return `${url}(PartitionKey=${quote(partitionKey)},RowKey=${quote(rowKey)})`;
}

function readWrite(operation: string, answer: Incoming): TableWrite {
  if (answer.status !== 204) throw unusable(operation, answer);
  const etag = answer.header('etag');
  if (!etag) throw malformed(operation, answer);
  const serviceTime = readServiceTime(operation, answer);
  return { etag, timestamp: readEtagTime(etag) ?? serviceTime, serviceTime };
}
