import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { LogFields } from '../../../shared/log/log.ts';
import { Deadline } from '../../../shared/network/deadline.ts';
import { openTable, type Table, type TableCall } from '../../../shared/table-storage/table.ts';
import { mintTableToken } from '../../local/table-storage/table-storage-caller.ts';
import { startTableStorageEmulator } from '../../local/table-storage/start-table-storage-emulator.ts';
import type { TableStorageEmulator } from '../../local/table-storage/table-storage-emulator.ts';
import type { FaultKind, WireAnswer } from '../../local/wire/wire.ts';

let emulator: TableStorageEmulator;
let table: Table;
let lines: LogFields[];
const key = { partitionKey: 'd', rowKey: 'r' };
const credential = { getToken: () => Promise.resolve({ token: mintTableToken(), expiresOnTimestamp: 0 }) };

beforeAll(async () => void (emulator = await startTableStorageEmulator()));
afterAll(() => emulator.close());
beforeEach(() => {
  emulator.clear();
  emulator.server.faults.clear();
  emulator.server.requests.length = 0;
  emulator.permissions = new Set(['read', 'write']);
  emulator.outage = false;
  emulator.clockOffsetMs = 0;
  table = openTable(emulator.url, credential);
  lines = [];
});

const call = (time = 2000): TableCall => ({
  deadline: Deadline.after(time),
  log: (_level, _event, fields = {}) => void lines.push(fields),
});

function answerAll(kind: FaultKind, answer?: WireAnswer): void {
  emulator.server.faults.add({ kind, matches: () => true, times: 99, ...(answer ? { answer } : {}) });
}

const reads = {
  read: () => table.read('d', 'r', call()),
  query: () => table.query({}, call()),
};
const writes = {
  insert: () => table.insert(key, {}, call()),
  replace: () => table.replace(key, `W/"datetime'x'"`, {}, call()),
};

test.each(Object.entries({ ...reads, ...writes }))(
  '%s reports every failure as one of the table',
  async (_name, run) => {
    emulator.permissions.clear();
    await expect(run()).rejects.toMatchObject({ failure: { status: 403, code: 'AuthorizationPermissionMismatch' } });
    const busy = { status: 503, headers: { 'retry-after': '3' } };
    answerAll('status', busy);
    await expect(run()).rejects.toMatchObject({
      failure: { upstream: 'table-storage', status: 503, retryAfter: 3000 },
    });
    for (const status of [404, 409, 412, 302, 200]) {
      emulator.server.faults.clear();
      // From a proxy: without the headers or error codes of the service.
      answerAll('status', { status, headers: { location: '/elsewhere' }, body: '{"error":"ResourceNotFound"}' });
      await expect(run()).rejects.toMatchObject({ failure: { reason: 'malformed', status } });
    }
  },
);

test.each(Object.entries(reads))('%s repeats unanswered requests', async (_name, run) => {
  emulator.server.faults.add({ kind: 'reset-before', matches: () => true });
  emulator.server.faults.add({ kind: 'html-502', matches: () => true });
  emulator.server.faults.add({ kind: 'garbage', matches: (request) => request.number > 0 });
  expect(await run()).toHaveProperty('serviceTime');
  expect(emulator.server.faults.left).toBe(0);
});

test.each(Object.entries(writes))('%s is sent once, whatever the outcome', async (_name, run) => {
  emulator.put({ ...key, properties: {} });
  answerAll('reset-after');
  await expect(run()).rejects.toMatchObject({ failure: { upstream: 'table-storage', reason: 'network' } });
  expect(emulator.server.requests).toHaveLength(1);
});

test('stops at its deadline', async () => {
  answerAll('timeout-after');
  await expect(table.insert(key, {}, call(100))).rejects.toMatchObject({ failure: { reason: 'timeout' } });
  expect(emulator.rows).toHaveLength(1);
});

test('gets one new token for a refused one, and no third', async () => {
  let dropped: string[] = [];
  const tokens = ['worn', mintTableToken()];
  const renewing = {
    getToken: () => Promise.resolve({ token: tokens[0] ?? '', expiresOnTimestamp: 0 }),
    dropToken: (token: string) => void (dropped.push(token), tokens.length > 1 && tokens.shift()),
  };
  table = openTable(emulator.url, renewing);
  expect(await table.insert(key, { a: 1 }, call())).toMatchObject({ etag: emulator.rows[0]?.etag });
  expect(dropped).toEqual(['worn']);
  dropped = [];
  tokens.splice(0, 9, 'worn', 'torn');
  await expect(table.insert(key, {}, call())).rejects.toMatchObject({
    failure: { status: 401, code: 'InvalidAuthenticationInfo' },
  });
  expect(dropped).toEqual(['worn']);
});

test('logs one line per request, with the request id of the service and no content of the row', async () => {
  await table.insert({ partitionKey: 'secret', rowKey: 'secret' }, { text: 'secret' }, call());
  expect(lines).toEqual([
    {
      upstream: 'table-storage',
      operation: 'insertRow',
      status: 204,
      durationMs: expect.any(Number) as number,
      requestId: expect.stringMatching(/^[\w-]{36}$/) as string,
    },
  ]);
});

test('uses the clock of the service to compare times', async () => {
  emulator.clockOffsetMs = 3_600_000;
  const made = await table.insert(key, {}, call());
  if (made === 'conflict') throw new Error('there was a row');
  expect(made.timestamp - Date.now()).toBeGreaterThan(3_590_000);
  expect((await table.read('d', 'r', call())).serviceTime - Date.now()).toBeGreaterThan(3_590_000);
});

test('refuses an invalid continuation and an answer that is too long', async () => {
  for (const continuation of ['', 'x', 'a+b', Buffer.from('["",1]').toString('base64url')])
    await expect(table.query({ continuation }, call())).rejects.toThrow(/continuation must be/);
  const long = { value: [{ 'odata.etag': 'e', PartitionKey: 'd', RowKey: 'x'.repeat(4 * 1024 * 1024) }] };
  answerAll('status', { status: 200, headers: { date: new Date().toUTCString() }, body: JSON.stringify(long) });
  await expect(table.query({}, call(20_000))).rejects.toMatchObject({ failure: { reason: 'malformed' } });
});

test('continues after an empty page that is not the last', async () => {
  for (const rowKey of ['a', 'b', 'c']) emulator.put({ ...key, rowKey, properties: { last: rowKey === 'c' } });
  emulator.scanLimit = 2;
  const first = await table.query({ filter: 'last eq true' }, call());
  expect(first.rows).toEqual([]);
  const { rows, continuation } = await table.query(
    { filter: 'last eq true', continuation: first.continuation ?? '' },
    call(),
  );
  emulator.scanLimit = Infinity;
  expect([rows.map(({ rowKey }) => rowKey), continuation]).toEqual([['c'], undefined]);
});
