import { beforeEach, expect, test } from 'vitest';
import { Deadline } from '../../../shared/network/deadline.ts';
import { openTable, type Table, type TableCall } from '../../../shared/table-storage/table.ts';
import { mintTableToken, partition, url, useTable } from './table-storage-caller.ts';

useTable();

// The app's own client, with the emulator and with Azurite.
let table: Table;
let call: TableCall;
beforeEach(() => {
  const credential = { getToken: () => Promise.resolve({ token: mintTableToken(), expiresOnTimestamp: 0 }) };
  table = openTable(url, credential);
  call = { deadline: Deadline.after(30_000), log: () => undefined };
});

const properties = {
  text: `a 'b' "c" ü`,
  count: 3,
  ratio: 1.5,
  long: 1_764_000_000_000,
  yes: true,
  no: false,
  none: '',
};

test('reads inserted rows, with the ETag and the times of the service', async () => {
  const key = { partitionKey: partition, rowKey: 'one' };
  expect(await table.read(partition, 'none', call)).toEqual({
    row: undefined,
    serviceTime: expect.any(Number) as number,
  });
  const made = await table.insert(key, properties, call);
  if (made === 'conflict') throw new Error('there was a row');
  const { row, serviceTime } = await table.read(partition, 'one', call);
  expect(row).toEqual({
    partitionKey: partition,
    rowKey: 'one',
    etag: made.etag,
    timestamp: made.timestamp,
    properties,
  });
  expect(Math.abs(made.serviceTime - made.timestamp)).toBeLessThan(3000);
  expect(serviceTime).toBeGreaterThanOrEqual(made.serviceTime);
  expect(await table.insert(key, properties, call)).toBe('conflict');
});

test('replaces an unchanged row completely', async () => {
  const key = { partitionKey: partition, rowKey: 'one' };
  const made = await table.insert(key, { state: 'Open', lease: 'a' }, call);
  if (made === 'conflict') throw new Error('there was a row');
  const changed = await table.replace(key, made.etag, { state: 'Succeeded' }, call);
  if (changed === 'conflict') throw new Error('it has changed');
  expect(changed.timestamp).toBeGreaterThanOrEqual(made.timestamp);
  expect(await table.replace(key, made.etag, { state: 'Open' }, call)).toBe('conflict');
  expect(await table.replace({ ...key, rowKey: 'none' }, made.etag, { state: 'Open' }, call)).toBe('conflict');
  expect((await table.read(partition, 'one', call)).row).toMatchObject({
    etag: changed.etag,
    timestamp: changed.timestamp,
    properties: { state: 'Succeeded' },
  });
});

test('queries page by page, in the order of the keys', async () => {
  const names = ['b', 'a', 'd', 'c', 'e'];
  for (const rowKey of names) await table.insert({ partitionKey: partition, rowKey }, { state: 'Open', rowKey }, call);
  await table.insert({ partitionKey: partition, rowKey: 'x' }, { state: "O'Neil + son" }, call);
  const filter = `PartitionKey eq '${partition}' and state eq 'Open'`;
  const seen: string[] = [];
  const texts: string[] = [];
  let continuation: string | undefined;
  let pages = 0;
  do {
    const page = await table.query({ filter, top: 2, ...(continuation === undefined ? {} : { continuation }) }, call);
    seen.push(...page.rows.map(({ rowKey }) => rowKey));
    continuation = page.continuation;
    texts.push(continuation ?? 'none');
    pages++;
  } while (continuation !== undefined && pages < 10);
  expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(texts.filter((text) => !/^[\w-]+$/.test(text))).toEqual([]);
  const quoted = await table.query({ filter: `PartitionKey eq '${partition}' and state eq 'O''Neil + son'` }, call);
  expect(quoted.rows.map(({ rowKey }) => rowKey)).toEqual(['x']);
});

test('recognises a missing table by its code', async () => {
  const absent = openTable(url.replace(/\w+$/, 'absent'), {
    getToken: () => Promise.resolve({ token: mintTableToken(), expiresOnTimestamp: 0 }),
  });
  const failure = { upstream: 'table-storage', reason: 'status', status: 404, code: 'TableNotFound' };
  await expect(absent.read(partition, 'one', call)).rejects.toMatchObject({ failure });
  await expect(absent.insert({ partitionKey: partition, rowKey: 'one' }, {}, call)).rejects.toMatchObject({ failure });
  await expect(absent.query({}, call)).rejects.toMatchObject({ failure });
});
