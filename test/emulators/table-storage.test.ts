// The emulator and Azurite must give the same answers. `TABLE_STORAGE_URL` names a table of Azurite; the emulator is started without it.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTableStorageEmulator } from '../local/table-storage/start-table-storage-emulator.ts';
import type { TableStorageEmulator } from '../local/table-storage/table-storage-emulator.ts';
import { EMULATED_TENANT_ID, mintToken } from '../local/wire/tokens.ts';

interface Told {
  readonly status: number;
  readonly code: string | undefined;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

let emulator: TableStorageEmulator | undefined;
let url = process.env['TABLE_STORAGE_URL'] ?? '';
/** A partition of its own for every test. */
let partition = '';

beforeAll(async () => {
  if (url !== '') return;
  emulator = await startTableStorageEmulator();
  url = emulator.url;
});
afterAll(() => emulator?.close());
beforeEach(() => {
  partition = `p-${randomUUID()}`;
});

function bearer(): string {
  const now = Math.floor(Date.now() / 1000);
  const issuer = `https://sts.windows.net/${EMULATED_TENANT_ID}/`;
  const [aud, tid, appid] = ['https://storage.azure.com', EMULATED_TENANT_ID, randomUUID()];
  return `Bearer ${mintToken({ aud, tid, appid, iss: issuer, nbf: now - 60, iat: now - 60, exp: now + 600 })}`;
}

async function ask(method: string, path: string, headers: Record<string, string> = {}, body?: object): Promise<Told> {
  const answer = await fetch(url + path, {
    method,
    headers: {
      authorization: bearer(),
      accept: 'application/json;odata=minimalmetadata',
      'x-ms-version': '2020-12-06',
      'x-ms-date': new Date().toUTCString(),
      dataserviceversion: '3.0',
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  const read = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
  const { code } = (read['odata.error'] ?? {}) as { code?: string };
  return { status: answer.status, code, headers: answer.headers, body: read };
}

const at = (row: string, inPartition = partition): string =>
  `(PartitionKey='${encodeURIComponent(inPartition)}',RowKey='${encodeURIComponent(row)}')`;

const insert = (row: string, properties: object = {}, headers: Record<string, string> = {}): Promise<Told> =>
  ask('POST', '', { prefer: 'return-no-content', ...headers }, { PartitionKey: partition, RowKey: row, ...properties });

async function rowsOf(filter: string, more = ''): Promise<readonly unknown[]> {
  const whole = `PartitionKey eq '${partition}' and (${filter})`;
  const { status, body } = await ask('GET', `()?$filter=${encodeURIComponent(whole)}${more}`);
  expect(status).toBe(200);
  return (body['value'] as Record<string, unknown>[]).map((row) => row['RowKey']);
}

function ofCode(told: Told): string {
  return `${told.status} ${told.code}`;
}

test('keeps what is inserted, with an ETag and the time of its own clock', async () => {
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

test('gives the row back to an insert that asks for it', async () => {
  const made = await insert('r', { Text: 'a' }, { prefer: 'return-content' });
  expect(made).toMatchObject({ status: 201, body: { PartitionKey: partition, RowKey: 'r', Text: 'a' } });
});

test('refuses what is there already, and what has no keys or no form', async () => {
  await insert('r');
  expect(ofCode(await insert('r'))).toBe('409 EntityAlreadyExists');
  expect(ofCode(await ask('POST', '', {}, { PartitionKey: partition }))).toBe('400 PropertiesNeedValue');
  expect(ofCode(await insert('long', { Text: 'x'.repeat(32_769) }))).toBe('400 PropertyValueTooLarge');
  expect((await insert('nearly', { Text: 'x'.repeat(32_768) })).status).toBe(204);
});

test('tells a row that is absent from a table that is', async () => {
  const absent = await ask('GET', at('none'));
  expect(ofCode(absent)).toBe('404 ResourceNotFound');
  expect(absent.body).toMatchObject({ 'odata.error': { message: { lang: 'en-US' } } });
  const address = url;
  url = url.replace(/\w+$/, 'absent');
  const [read, list, made] = [await ask('GET', at('none')), await ask('GET', '()'), await insert('r')];
  url = address;
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

test('writes without an ETag whatever is there, and deletes only with one', async () => {
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

test('takes keys with quotes, spaces and letters of all kinds', async () => {
  for (const row of ["o''brien", 'a b', 'ü-é', 'x=1&y', '100%']) {
    const key = row.replaceAll("''", "'");
    expect((await insert(key, { A: 1 })).status).toBe(204);
    expect((await ask('GET', at(row))).body).toMatchObject({ RowKey: key, A: 1 });
  }
});

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

test('gives pages in the order of the keys, and says where the next begins', async () => {
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

test('gives the selected properties alone', async () => {
  await insert('a', { A: 1, B: 2 });
  const filter = encodeURIComponent(`PartitionKey eq '${partition}'`);
  const { body } = await ask('GET', `()?$filter=${filter}&$select=RowKey,A`);
  const [row = {}] = body['value'] as Record<string, unknown>[];
  expect(row).toMatchObject({ RowKey: 'a', A: 1 });
  expect(row).not.toHaveProperty('B');
});
