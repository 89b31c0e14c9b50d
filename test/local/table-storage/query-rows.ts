import type { WireAnswer, WireRequest } from '../wire/wire.ts';
import { showRow } from './entity.ts';
import { readFilter } from './filter.ts';
import { compareKeys, type StoredRow } from './row-store.ts';
import { tableError } from './table-answers.ts';

const mostRows = 1000;

/** One page of a query. It scans `scanLimit` rows, matching or not: a page may be empty without being the last. */
export function queryRows(rows: readonly StoredRow[], request: WireRequest, scanLimit: number): WireAnswer {
  const { query } = request;
  const filter = query.get('$filter');
  const matches = filter ? readFilter(filter) : () => true;
  const top = Number(query.get('$top') ?? mostRows);
  if (!matches || !Number.isInteger(top) || top < 1 || top > mostRows) return tableError(400, 'InvalidInput');
  const start = readStart(query);
  if (start === 'wrong') return tableError(400, 'InvalidInput');
  const names = query.get('$select');
  const select = names ? new Set(names.split(',').map((name) => name.trim())) : undefined;

  const page: StoredRow[] = [];
  let next: StoredRow | undefined;
  let looked = 0;
  for (const row of rows.filter((one) => !start || compareKeys(one, start) >= 0)) {
    const found = matches(row);
    if (looked >= scanLimit || (found && page.length >= top)) {
      next = row;
      break;
    }
    looked++;
    if (found) page.push(row);
  }
  const account = request.path.replace(/\/[^/]*$/, '');
  const table = /\/(\w+)(?:\(.*)?$/.exec(request.path)?.[1] ?? '';
  const metadata = `${request.origin}${account}/$metadata#${table}`;
  const body = { 'odata.metadata': metadata, value: page.map((row) => showRow(row, select)) };
  return { status: 200, headers: next ? continueAt(next) : {}, body: JSON.stringify(body) };
}

function continueAt(row: StoredRow): Record<string, string> {
  return {
    'x-ms-continuation-nextpartitionkey': encode(row.partitionKey),
    'x-ms-continuation-nextrowkey': encode(row.rowKey),
  };
}

function readStart(query: URLSearchParams): Pick<StoredRow, 'partitionKey' | 'rowKey'> | 'wrong' | undefined {
  const partition = query.get('NextPartitionKey');
  if (partition === null) return undefined;
  const partitionKey = decode(partition);
  const rowKey = decode(query.get('NextRowKey') ?? encode(''));
  return partitionKey === undefined || rowKey === undefined ? 'wrong' : { partitionKey, rowKey };
}

/** Keys in headers have the service's encoding: version, length, and the key in base64. */
function encode(key: string): string {
  const text = Buffer.from(key).toString('base64');
  return `1!${text.length}!${text}`;
}

function decode(text: string): string | undefined {
  const [, length, key = ''] = /^1!(\d+)!([\w+/]*=*)$/.exec(text) ?? [];
  return Number(length) === key.length ? Buffer.from(key, 'base64').toString('utf8') : undefined;
}
