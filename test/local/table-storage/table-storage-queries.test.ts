import { expect, test } from 'vitest';
import { ask, insert, partition, useTable } from './table-storage-caller.ts';

useTable();

async function rowsOf(filter: string): Promise<readonly unknown[]> {
  const whole = `PartitionKey eq '${partition}' and (${filter})`;
  const { status, body } = await ask('GET', `()?$filter=${encodeURIComponent(whole)}`);
  expect(status).toBe(200);
  return (body['value'] as Record<string, unknown>[]).map((row) => row['RowKey']);
}

test('filters by comparisons of texts, numbers and booleans', async () => {
  await insert('a', { State: 'Open', Count: 1, Live: true });
  await insert('b', { State: 'Refused', Count: 2, Live: false });
  await insert('c', { State: "O'Neil", Count: 3 });
  expect(await rowsOf("State eq 'Open'")).toEqual(['a']);
  expect(await rowsOf("State ne 'Open'")).toEqual(['b', 'c']);
  expect(await rowsOf("State eq 'O''Neil'")).toEqual(['c']);
  expect(await rowsOf('Count gt 1 and Count le 3')).toEqual(['b', 'c']);
  expect(await rowsOf('Count lt 2 or Count ge 3')).toEqual(['a', 'c']);
  expect(await rowsOf('Live eq true')).toEqual(['a']);
  expect(await rowsOf("not (State eq 'Open')")).toEqual(['b', 'c']);
  expect(await rowsOf("(State eq 'Open' or Count eq 3) and RowKey ge 'b'")).toEqual(['c']);
  expect(await rowsOf('Count gt 99')).toEqual([]);
  expect((await ask('GET', `()?$filter=${encodeURIComponent('State eq')}`)).status).toBe(400);
});

test('returns pages in the order of the keys, and the start of the next', async () => {
  for (const row of ['c', 'a', 'e', 'b', 'd']) await insert(row, { Row: row });
  const filter = `()?$filter=${encodeURIComponent(`PartitionKey eq '${partition}'`)}&$top=2`;
  const seen: unknown[] = [];
  let next = '';
  for (let pages = 0; pages < 3; pages++) {
    const { body, headers } = await ask('GET', filter + next);
    const rows = body['value'] as Record<string, unknown>[];
    expect(rows.every((row) => typeof row['odata.etag'] === 'string')).toBe(true);
    seen.push(...rows.map((row) => row['RowKey']));
    const [nextPartition, nextRow] = ['partition', 'row'].map(
      (k) => headers.get(`x-ms-continuation-next${k}key`) ?? '',
    );
    expect(nextPartition !== '').toBe(pages < 2);
    next = `&NextPartitionKey=${encodeURIComponent(nextPartition ?? '')}&NextRowKey=${encodeURIComponent(nextRow ?? '')}`;
  }
  expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('returns only the selected properties', async () => {
  await insert('a', { A: 1, B: 2 });
  const filter = encodeURIComponent(`PartitionKey eq '${partition}'`);
  const { body } = await ask('GET', `()?$filter=${filter}&$select=RowKey,A`);
  const [row = {}] = body['value'] as Record<string, unknown>[];
  expect(row).toMatchObject({ RowKey: 'a', A: 1 });
  expect(row).not.toHaveProperty('B');
});
