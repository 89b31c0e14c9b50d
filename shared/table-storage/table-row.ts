/** The properties of a row, without its keys. */
export type TableProperties = Readonly<Record<string, string | number | boolean>>;

/** The two keys of a row, unique together in a table. */
export interface TableKey {
  readonly partitionKey: string;
  readonly rowKey: string;
}

/** One row as stored by the service. */
export interface TableRow extends TableKey {
  /** Changes with every write; a replace sends the ETag that it read. */
  readonly etag: string;
  /** The time of the last write, in milliseconds since the epoch by the service's clock. */
  readonly timestamp: number;
  readonly properties: TableProperties;
}

/** The body of a write. JSON has one number type, the service three: integers beyond 32 bits must be marked as doubles. */
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

/** Reads a row of a response; undefined if a part is missing or malformed. */
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

/** The time of a write, in milliseconds. The response to a write contains it only in the ETag (`W/"datetime'2026-…'"`). */
export function readEtagTime(etag: string): number | undefined {
  const time = /^W\/"datetime'([\w%:.-]+)'"$/.exec(etag)?.[1];
  const parsed = Date.parse((time ?? '').replace(/%3a/gi, ':'));
  return Number.isNaN(parsed) ? undefined : parsed;
}
