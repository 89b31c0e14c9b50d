import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Deadline } from '../../../shared/network/deadline.ts';
import { send, type Incoming } from '../../../shared/network/send.ts';
import { openEmulatedVault, vaultOperations } from './open-emulated-vault.ts';

const mebibyte = 1024 * 1024;
let server: Server;
let url: string;
let sent = 0;
let closed: Promise<void>;

beforeAll(async () => {
  server = createServer((request, response) => {
    sent = 0;
    closed = new Promise((resolve) => response.once('close', resolve));
    const size = Number(new URL(request.url ?? '/', 'http://x').searchParams.get('size'));
    const piece = 'x'.repeat(64 * 1024);
    const write = (): void => {
      while (sent < size && !response.destroyed) {
        const part = piece.slice(0, Math.min(piece.length, size - sent));
        sent += part.length;
        if (!response.write(part)) return void response.once('drain', write);
      }
      response.end();
    };
    response.writeHead(200, { 'content-type': 'text/plain' });
    write();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function get(size: number, lines: unknown[] = []): Promise<Incoming> {
  return send({
    upstream: 'partner-center',
    operation: 'probeDomain',
    method: 'GET',
    url: `${url}/?size=${size}`,
    headers: {},
    deadline: Deadline.after(20_000),
    log: (_level, _event, fields) => void lines.push(fields),
  });
}

test('reads an answer of 4 MiB to its last byte', async () => {
  expect((await get(4 * mebibyte)).text).toHaveLength(4 * mebibyte);
});

test.each([4 * mebibyte + 1, 5 * mebibyte])('treats an answer of %i bytes as malformed', async (size) => {
  const lines: unknown[] = [];
  await expect(get(size, lines)).rejects.toMatchObject({
    failure: { upstream: 'partner-center', reason: 'malformed' },
  });
  expect(lines).toMatchObject([{ outcome: 'malformed' }]);
});

test('cuts off an endless answer, with its connection', async () => {
  await expect(get(Infinity)).rejects.toMatchObject({ failure: { reason: 'malformed' } });
  await closed;
  expect(sent).toBeLessThan(64 * mebibyte);
});

const long = JSON.stringify({ value: [], id: 'https://a.example/secrets/one/1', more: ' '.repeat(5 * mebibyte) });

test.each(vaultOperations)('treats a long answer of a vault as malformed when %s', async (_what, operate) => {
  const { vault, emulator, call, answerAll } = await openEmulatedVault();
  answerAll({ status: 200, headers: { 'content-type': 'application/json' }, body: long });
  await expect(operate(vault, call())).rejects.toMatchObject({ failure: { reason: 'malformed' } });
  await emulator.close();
});

test('requests no compressed answers, which could expand without limit', async () => {
  const { vault, emulator, call, answerAll } = await openEmulatedVault();
  const packed = gzipSync(long).toString('latin1');
  answerAll({ status: 200, headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' }, body: packed });
  await expect(vault.listVersions('one', call())).rejects.toMatchObject({ failure: { reason: 'malformed' } });
  expect(emulator.server.requests.filter(({ headers }) => headers['accept-encoding'] !== undefined)).toEqual([]);
  await emulator.close();
});
