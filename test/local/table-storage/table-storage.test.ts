import { expect, test } from 'vitest';
import { ask, at, insert, ofCode, partition, useTable } from './table-storage-caller.ts';

useTable();

test('stores inserted rows, with an ETag and the time of its own clock', async () => {
  const before = Date.now();
  const made = await insert('r', {
    Text: 'a "b" ü',
    Count: 3,
    Ratio: 1.5,
    Yes: true,
    Big: 5e11,
    'Big@odata.type': 'Edm.Double',
  });
  expect(made).toMatchObject({ status: 204, body: {} });
  const etag = made.headers.get('etag') ?? '';
  expect(etag).toMatch(/^W\/"datetime'\d{4}-\d\d-\d\dT\d\d%3A\d\d%3A\d\d\.\d+Z'"$/);
  expect(made.headers.get('preference-applied')).toBe('return-no-content');
  const read = await ask('GET', at('r'));
  expect(read.status).toBe(200);
  expect(read.headers.get('etag')).toBe(etag);
  expect(read.headers.get('content-type')).toMatch(/^application\/json;\s*odata=minimalmetadata/);
  for (const name of ['x-ms-request-id', 'x-ms-version', 'date']) expect(read.headers.get(name)).toBeTruthy();
  expect(read.body).toMatchObject({
    'odata.etag': etag,
    PartitionKey: partition,
    RowKey: 'r',
    Text: 'a "b" ü',
    Count: 3,
    Ratio: 1.5,
    Yes: true,
    Big: 5e11,
  });
  expect(read.body['odata.metadata']).toMatch(/\/\$metadata#\w+\/@Element$/);
  const written = String(read.body['Timestamp']);
  expect(decodeURIComponent(etag)).toContain(written);
  expect(Date.parse(written)).toBeGreaterThan(before - 1000);
  expect(Date.parse(written)).toBeLessThan(Date.now() + 1000);
});

test('returns the row of an insert on request', async () => {
  const made = await insert('r', { Text: 'a' }, { prefer: 'return-content' });
  expect(made).toMatchObject({ status: 201, body: { PartitionKey: partition, RowKey: 'r', Text: 'a' } });
});

test('refuses existing rows, rows without keys, and malformed bodies', async () => {
  await insert('r');
  expect(ofCode(await insert('r'))).toBe('409 EntityAlreadyExists');
  expect(ofCode(await ask('POST', '', {}, { PartitionKey: partition }))).toBe('400 PropertiesNeedValue');
  expect(ofCode(await insert('long', { Text: 'x'.repeat(32_769) }))).toBe('400 PropertyValueTooLarge');
  expect((await insert('nearly', { Text: 'x'.repeat(32_768) })).status).toBe(204);
});

test('distinguishes a missing row from a missing table', async () => {
  const absent = await ask('GET', at('none'));
  expect(ofCode(absent)).toBe('404 ResourceNotFound');
  expect(absent.body).toMatchObject({ 'odata.error': { message: { lang: 'en-US' } } });
  const read = await ask('GET', `/absent${at('none')}`);
  const list = await ask('GET', '/absent()');
  const made = await ask('POST', '/absent', {}, { PartitionKey: partition, RowKey: 'r' });
  expect([read, list, made].map((told) => ofCode(told))).toEqual([
    '404 TableNotFound',
    '404 TableNotFound',
    '404 TableNotFound',
  ]);
});

test('replaces and merges under an ETag, and only under the last one', async () => {
  const first = (await insert('r', { A: 1, B: 2 })).headers.get('etag') ?? '';
  const replaced = await ask('PUT', at('r'), { 'if-match': first }, { PartitionKey: partition, RowKey: 'r', A: 3 });
  const second = replaced.headers.get('etag') ?? '';
  expect(replaced.status).toBe(204);
  expect(second).not.toBe(first);
  expect((await ask('GET', at('r'))).body).not.toHaveProperty('B');
  for (const method of ['PUT', 'PATCH', 'DELETE'])
    expect(ofCode(await ask(method, at('r'), { 'if-match': first }, {}))).toBe('412 UpdateConditionNotSatisfied');
  expect((await ask('PATCH', at('r'), { 'if-match': second }, { C: 4 })).status).toBe(204);
  expect((await ask('GET', at('r'))).body).toMatchObject({ A: 3, C: 4 });
  for (const method of ['PUT', 'PATCH', 'DELETE'])
    expect(ofCode(await ask(method, at('none'), { 'if-match': second }, {}))).toBe('404 ResourceNotFound');
});

test('writes unconditionally without an ETag, and deletes only with one', async () => {
  expect((await ask('PUT', at('r'), {}, { A: 1 })).status).toBe(204);
  expect((await ask('PATCH', at('r'), {}, { B: 2 })).status).toBe(204);
  expect((await ask('GET', at('r'))).body).toMatchObject({ A: 1, B: 2 });
  expect((await ask('DELETE', at('r'), { 'if-match': '*' })).status).toBe(204);
  expect(ofCode(await ask('GET', at('r')))).toBe('404 ResourceNotFound');
});

test('lets one of two replacements of the same state win', async () => {
  const etag = (await insert('r')).headers.get('etag') ?? '';
  const body = { PartitionKey: partition, RowKey: 'r' };
  const told = await Promise.all([1, 2].map((A) => ask('PUT', at('r'), { 'if-match': etag }, { ...body, A })));
  expect(told.map(({ status }) => status).sort((a, b) => a - b)).toEqual([204, 412]);
});

test('accepts keys with quotes, spaces and letters of all kinds', async () => {
  for (const row of ["o''brien", 'a b', 'ü-é', 'x=1&y', '100%']) {
    const key = row.replaceAll("''", "'");
    expect((await insert(key, { A: 1 })).status).toBe(204);
    expect((await ask('GET', at(row))).body).toMatchObject({ RowKey: key, A: 1 });
  }
});
