import type { WireRequest } from '../wire/wire.ts';

/** The operation of a request, named as in the REST interface of Table storage, and its subject. */
export interface TableOperation {
  readonly operation:
    | 'createTable'
    | 'insertRow'
    | 'readRow'
    | 'replaceRow'
    | 'mergeRow'
    | 'deleteRow'
    | 'queryRows'
    | 'unknown';
  readonly account: string;
  readonly table: string;
  readonly partitionKey: string;
  readonly rowKey: string;
}

const place = /^\/([^/]+)\/(\w+)(?:\((.*)\))?\/?$/s;
const keys = /^PartitionKey='((?:[^']|'')*)',\s?RowKey='((?:[^']|'')*)'$/s;
const ofRow = {
  GET: 'readRow',
  PUT: 'replaceRow',
  MERGE: 'mergeRow',
  PATCH: 'mergeRow',
  DELETE: 'deleteRow',
} as const;

/** The operation of a request, whose path has the form of emulators: `/{account}/{table}(PartitionKey='…',RowKey='…')`. */
export function findOperation(request: Pick<WireRequest, 'method' | 'path'>): TableOperation {
  const [, account = '', table = '', inner] = place.exec(request.path) ?? [];
  const [, partition, row] = keys.exec(inner ?? '') ?? [];
  const found = { account, table, partitionKey: unquote(partition), rowKey: unquote(row) };
  const { method } = request;
  if (partition !== undefined)
    return { ...found, operation: method in ofRow ? ofRow[method as keyof typeof ofRow] : 'unknown' };
  if (account === '' || inner) return { ...found, operation: 'unknown' };
  if (method === 'POST') return { ...found, operation: table === 'Tables' ? 'createTable' : 'insertRow' };
  return { ...found, operation: method === 'GET' && table !== 'Tables' ? 'queryRows' : 'unknown' };
}

function unquote(key = ''): string {
  return key.replaceAll("''", "'");
}
