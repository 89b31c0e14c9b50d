import type { WireAnswer, WireRequest } from '../wire/wire.ts';
import { readEntityInput, showRow } from './entity.ts';
import type { TableOperation } from './find-operation.ts';
import { queryRows } from './query-rows.ts';
import type { RowStore, StoredRow } from './row-store.ts';
import { tableError } from './table-answers.ts';

/** The input of an operation; `now` is the service's clock in milliseconds. */
export interface TableContext {
  readonly store: RowStore;
  readonly now: number;
  readonly scanLimit: number;
}

/** Performs an operation on the rows of an existing table, for an authorized caller. */
export function handleOperation(operation: TableOperation, request: WireRequest, context: TableContext): WireAnswer {
  const { store } = context;
  const row = store.find(operation.partitionKey, operation.rowKey);
  switch (operation.operation) {
    case 'insertRow':
      return insert(request, context);
    case 'readRow':
      return row ? showOne(row, request, 200) : tableError(404, 'ResourceNotFound');
    case 'replaceRow':
    case 'mergeRow':
      return refuseMatch(request, row, false) ?? write(operation, request, row, context);
    case 'deleteRow': {
      const refusal = refuseMatch(request, row, true);
      if (!refusal) store.delete(operation.partitionKey, operation.rowKey);
      return refusal ?? { status: 204 };
    }
    case 'queryRows':
      return queryRows(store.rows, request, context.scanLimit);
    default:
      return tableError(400, 'InvalidInput');
  }
}

function insert(request: WireRequest, { store, now }: TableContext): WireAnswer {
  const input = readEntityInput(request.body);
  if (typeof input === 'string') return tableError(400, input);
  const { partitionKey, rowKey, properties } = input;
  if (partitionKey === undefined || rowKey === undefined) return tableError(400, 'PropertiesNeedValue');
  if (store.find(partitionKey, rowKey)) return tableError(409, 'EntityAlreadyExists');
  const row = store.write({ partitionKey, rowKey, properties }, now);
  if (request.headers['prefer'] !== 'return-no-content') return showOne(row, request, 201);
  return { status: 204, headers: { etag: row.etag, 'preference-applied': 'return-no-content' } };
}

/** Without If-Match a write creates the row if it is absent: the service's insert-or-replace and insert-or-merge. */
function write(
  { operation, partitionKey, rowKey }: TableOperation,
  request: WireRequest,
  row: StoredRow | undefined,
  { store, now }: TableContext,
): WireAnswer {
  const input = readEntityInput(request.body);
  if (typeof input === 'string') return tableError(400, input);
  const kept = operation === 'mergeRow' ? row?.properties : {};
  const { etag } = store.write({ partitionKey, rowKey, properties: { ...kept, ...input.properties } }, now);
  return { status: 204, headers: { etag } };
}

function refuseMatch(request: WireRequest, row: StoredRow | undefined, required: boolean): WireAnswer | undefined {
  const match = request.headers['if-match'];
  if (match === undefined) return required ? tableError(400, 'MissingRequiredHeader') : undefined;
  if (match !== '*' && !/^W\/"[^"]*"$/.test(match)) return tableError(400, 'InvalidInput');
  if (!row) return tableError(404, 'ResourceNotFound');
  return match === '*' || match === row.etag ? undefined : tableError(412, 'UpdateConditionNotSatisfied');
}

function showOne(row: StoredRow, request: WireRequest, status: number): WireAnswer {
  const [, account = '', table = ''] = request.path.split('/');
  const metadata = `${request.origin}/${account}/$metadata#${table.replace(/\(.*/s, '')}/@Element`;
  const body = JSON.stringify({ 'odata.metadata': metadata, ...showRow(row) });
  return { status, headers: { etag: row.etag }, body };
}
