import type { Table, TableCall, TableRow } from '../table-storage/table.ts';
import { explainTable } from './explain-table.ts';
import { fromProperties } from './row-properties.ts';
import type { LeaseState, Row } from './row.ts';
import { filterOf, statusOf, type Status } from './status.ts';

export interface ListedRecord {
  readonly domain: string;
  readonly row: Row;
  readonly status: Status;
}

/** One page of records with these statuses, or of all; a page can be short or empty although more follow. */
export async function listRecords(
  table: Table,
  { wanted, continuation }: { readonly wanted: readonly Status[]; readonly continuation?: string | undefined },
  call: TableCall,
): Promise<{ records: readonly ListedRecord[]; continuation: string | undefined }> {
  const query = {
    top: 100,
    ...(wanted.length > 0 ? { filter: filterOf(wanted) } : {}),
    ...(continuation === undefined ? {} : { continuation }),
  };
  const page = await table.query(query, call).catch((error: unknown) => {
    throw explainTable(error, call);
  });
  const records = page.rows.flatMap((found): ListedRecord[] => {
    const row = fromProperties(found.properties);
    if (!row) {
      call.log('error', 'RecordUnreadable', { domain: found.partitionKey, reason: 'a column is missing or malformed' });
      return [];
    }
    const status = statusOf(row, leaseOf(row, found, page.serviceTime));
    return wanted.length === 0 || wanted.includes(status) ? [{ domain: found.partitionKey, row, status }] : [];
  });
  return { records, continuation: page.continuation };
}

function leaseOf({ lease }: Row, { timestamp }: TableRow, serviceTime: number): LeaseState {
  if (!lease) return 'none';
  return serviceTime - timestamp < lease.seconds * 1000 ? 'running' : 'expired';
}
