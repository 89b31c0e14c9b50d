/** What a row holds besides its keys. */
export type TableProperties = Readonly<Record<string, string | number | boolean>>;

/** The two keys of a row, together unique in a table. */
export interface TableKey {
  readonly partitionKey: string;
  readonly rowKey: string;
}

/** One row as the service keeps it. */
export interface TableRow extends TableKey {
  /** Changes with every write; a replace names the one that it has read. */
  readonly etag: string;
  /** When it was written last, in milliseconds since the epoch by the service's clock. */
  readonly timestamp: number;
  readonly properties: TableProperties;
}

/** The body of a write. JSON has one kind of number, the service three: whole numbers beyond 32 bits have to be called doubles. */
export function writeEntity({ partitionKey, rowKey }: TableKey, properties: TableProperties): string {
  const entries = Object.entries(properties).flatMap(([name, value]): [string, unknown][] => {
    const long = typeof value === 'number' && Number.isInteger(value) && value !== (value | 0);
    return long
      ? [
          [`${name}@odata.type`, 'Edm.Double'],
          [name, value],
        ]
      : [[name, value]];
  });
  return JSON.stringify({ PartitionKey: partitionKey, RowKey: rowKey, ...Object.fromEntries(entries) });
}

/** A row of an answer; undefined where something is missing or has a form that rows do not have. */
export function readEntity(
  entity: Readonly<Record<string, unknown>>,
  etag: unknown = entity['odata.etag'],
): TableRow | undefined {
  const { PartitionKey: partitionKey, RowKey: rowKey, Timestamp: written, ...rest } = entity;
  const timestamp = typeof written === 'string' ? Date.parse(written) : NaN;
  if (typeof partitionKey !== 'string' || typeof rowKey !== 'string') return undefined;
  if (typeof etag !== 'string' || etag === '' || Number.isNaN(timestamp)) return undefined;
  const properties: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(rest)) {
    if (name.startsWith('odata.') || name.includes('@')) continue;
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
    properties[name] = rest[`${name}@odata.type`] === 'Edm.Int64' ? Number(value) : value;
  }
  return { partitionKey, rowKey, etag, timestamp, properties };
}

/** When the row was written, in milliseconds: the answer of a write says so in its ETag alone (`W/"datetime'2026-…'"`). */
export function readEtagTime(etag: string): number | undefined {
  const time = /^W\/"datetime'([\w%:.-]+)'"$/.exec(etag)?.[1];
  const parsed = Date.parse((time ?? '').replace(/%3a/gi, ':'));
  return Number.isNaN(parsed) ? undefined : parsed;
}
