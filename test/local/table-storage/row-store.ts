/** The value types of the service; types that JSON lacks are sent as text. */
export type EdmType = 'Edm.String' | 'Edm.Int32' | 'Edm.Int64' | 'Edm.Double' | 'Edm.Boolean' | 'Edm.DateTime';

export interface Property {
  readonly type: EdmType;
  readonly value: string | number | boolean;
}

/** One stored row. */
export interface StoredRow {
  readonly partitionKey: string;
  readonly rowKey: string;
  /** `2026-11-28T18:00:00.0000001Z`: the service's resolution is a ten-millionth of a second. */
  readonly written: string;
  readonly etag: string;
  readonly properties: Readonly<Record<string, Property>>;
}

/** The rows of one table, in the order of their keys. */
export class RowStore {
  readonly #rows = new Map<string, StoredRow>();
  #count = 0;

  get rows(): readonly StoredRow[] {
    return [...this.#rows.values()].sort((a, b) => compareKeys(a, b));
  }

  find(partitionKey: string, rowKey: string): StoredRow | undefined {
    return this.#rows.get(JSON.stringify([partitionKey, rowKey]));
  }

  /** Writes the row unconditionally; `now` is the service's clock in milliseconds. */
  write(
    { partitionKey, rowKey, properties }: Pick<StoredRow, 'partitionKey' | 'rowKey' | 'properties'>,
    now: number,
  ): StoredRow {
    const grain = String(this.#count++ % 10_000).padStart(4, '0');
    const written = new Date(now).toISOString().replace('Z', `${grain}Z`);
    const etag = `W/"datetime'${encodeURIComponent(written)}'"`;
    const row = { partitionKey, rowKey, properties, written, etag };
    this.#rows.set(JSON.stringify([partitionKey, rowKey]), row);
    return row;
  }

  delete(partitionKey: string, rowKey: string): void {
    this.#rows.delete(JSON.stringify([partitionKey, rowKey]));
  }

  clear(): void {
    this.#rows.clear();
  }
}

type Keys = Pick<StoredRow, 'partitionKey' | 'rowKey'>;

/** Negative if the first precedes the second: by code units, the partition first. */
export function compareKeys(a: Keys, b: Keys): number {
  if (a.partitionKey !== b.partitionKey) return a.partitionKey < b.partitionKey ? -1 : 1;
  if (a.rowKey === b.rowKey) return 0;
  return a.rowKey < b.rowKey ? -1 : 1;
}
