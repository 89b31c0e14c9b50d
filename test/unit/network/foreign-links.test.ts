import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEmulatedVault, vaultOperations } from './open-emulated-vault.ts';

let other: Server;
let url: string;
let asked = 0;

beforeAll(async () => {
  other = createServer((_request, response) => {
    asked += 1;
    response.end('{"value":[]}');
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
});
afterAll(() => {
  other.closeAllConnections();
  other.close();
});

test('does not follow the next page of a version list to another host', async () => {
  const { vault, emulator, call, answerAll } = await openEmulatedVault();
  for (const place of [url, url.replace('http://', 'http://user@'), url.replace('http:', '')]) {
    emulator.server.faults.clear();
    const body = JSON.stringify({ value: [], nextLink: `${place}/secrets/one/versions?page=2` });
    answerAll({ status: 200, headers: { 'content-type': 'application/json' }, body });
    await expect(vault.listVersions('one', call())).rejects.toMatchObject({ failure: { upstream: 'key-vault' } });
  }
  expect(asked).toBe(0);
  await emulator.close();
});

test.each(vaultOperations)('does not follow a redirect to another host when %s', async (_what, operate) => {
  const { vault, emulator, call, answerAll } = await openEmulatedVault();
  for (const status of [301, 302, 307, 308]) {
    emulator.server.faults.clear();
    answerAll({ status, headers: { location: `${url}/secrets/one` } });
    await expect(operate(vault, call())).rejects.toMatchObject({ failure: { upstream: 'key-vault' } });
  }
  expect(asked).toBe(0);
  await emulator.close();
});

test('follows the next page of a list at the vault itself', async () => {
  const { vault, emulator, call } = await openEmulatedVault();
  emulator.pageSize = 2;
  for (const value of ['a', 'b', 'c', 'd', 'e']) emulator.setSecret('one', value);
  expect((await vault.listVersions('one', call())).versions).toHaveLength(5);
  await emulator.close();
});
