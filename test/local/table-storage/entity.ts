import type { EdmType, Property, StoredRow } from './row-store.ts';

/** An entity in a request: its keys, if given, and its properties. */
export interface EntityInput {
  readonly partitionKey: string | undefined;
  readonly rowKey: string | undefined;
  readonly properties: Readonly<Record<string, Property>>;
}

const kinds = new Set<string>(['Edm.String', 'Edm.Int32', 'Edm.Int64', 'Edm.Double', 'Edm.Boolean', 'Edm.DateTime']);

/** Maximum size of a text: 64 KiB in UTF-16. */
const longestText = 32_768;

/** Reads the body of a write, or returns its error code. */
export function readEntityInput(body: string): EntityInput | 'InvalidInput' | 'PropertyValueTooLarge' {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return 'InvalidInput';
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return 'InvalidInput';
  const { PartitionKey, RowKey, Timestamp: _service, ...rest } = parsed as Record<string, unknown>;
  const properties: Record<string, Property> = {};
  for (const [name, value] of Object.entries(rest)) {
    if (name.includes('@') || name.startsWith('odata.') || value === null) continue;
    const property = readProperty(value, rest[`${name}@odata.type`]);
    if (!property) return 'InvalidInput';
    if (typeof property.value === 'string' && property.value.length > longestText) return 'PropertyValueTooLarge';
    properties[name] = property;
  }
  const text = (key: unknown): string | undefined => (typeof key === 'string' ? key : undefined);
  return { partitionKey: text(PartitionKey), rowKey: text(RowKey), properties };
}

function readProperty(value: unknown, named: unknown): Property | undefined {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  if (named === undefined) return { type: typeOf(value), value };
  return typeof named === 'string' && kinds.has(named) ? { type: named as EdmType, value } : undefined;
}

function typeOf(value: string | number | boolean): EdmType {
  if (typeof value === 'string') return 'Edm.String';
  if (typeof value === 'boolean') return 'Edm.Boolean';
  return value === (value | 0) ? 'Edm.Int32' : 'Edm.Double';
}

/** A row in an answer: `minimalmetadata`, with only the selected properties. */
export function showRow(row: StoredRow, select?: ReadonlySet<string>): Record<string, unknown> {
  const shown: Record<string, unknown> = { 'odata.etag': row.etag };
  const add = (name: string, value: unknown, type?: string): void => {
    if (select && !select.has(name)) return;
    if (type) shown[`${name}@odata.type`] = type;
    shown[name] = value;
  };
  add('PartitionKey', row.partitionKey);
  add('RowKey', row.rowKey);
  add('Timestamp', row.written);
  for (const [name, { type, value }] of Object.entries(row.properties)) {
    add(name, value, type === 'Edm.Int64' || type === 'Edm.DateTime' ? type : undefined);
  }
  return shown;
}
