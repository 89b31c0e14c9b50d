import { expect, test } from 'vitest';
import { openEmulatedVault, vaultOperations } from './open-emulated-vault.ts';

const json = { 'content-type': 'application/json' };
/** Key Vault's own words, and what stands before it may say. */
const bodies = [
  { how: "Key Vault's words", headers: json, body: '{"error":{"code":"Throttled","message":"later"}}' },
  { how: 'no body', headers: {} },
  { how: 'no body that calls itself JSON', headers: json },
  { how: 'broken JSON', headers: json, body: '{"error":{"co' },
  { how: 'HTML', headers: { 'content-type': 'text/html' }, body: '<html>later</html>' },
];
const statuses = [307, 403, 404, 409, 429, 503];
const rows = vaultOperations.flatMap(([what, operate]) =>
  statuses.flatMap((status) => bodies.map((answer) => ({ what, operate, status, ...answer }))),
);

test.each(rows)('reads status and Retry-After when $what is answered $status with $how', async (row) => {
  const { status, headers, body, operate } = row;
  const { vault, emulator, call, answerAll } = await openEmulatedVault();
  answerAll({ status, headers: { ...headers, 'retry-after': '7' }, ...(body === undefined ? {} : { body }) });
  const failure = { reason: 'status', status, retryAfter: 7000 };
  await expect(operate(vault, call())).rejects.toMatchObject({ failure });
  await emulator.close();
});

const later = statuses.flatMap((status) => bodies.map((answer) => ({ status, ...answer })));

test.each(later)('reads them when a later page is answered $status with $how', async ({ status, headers, body }) => {
  const { vault, emulator, call } = await openEmulatedVault();
  emulator.pageSize = 1;
  for (const value of ['a', 'b']) emulator.setSecret('one', value);
  emulator.server.faults.add({
    kind: 'status',
    answer: { status, headers: { ...headers, 'retry-after': '7' }, ...(body === undefined ? {} : { body }) },
    times: Infinity,
    matches: ({ query }) => query.has('$skiptoken'),
  });
  const failure = { reason: 'status', status, retryAfter: 7000 };
  await expect(vault.listVersions('one', call())).rejects.toMatchObject({ failure });
  await emulator.close();
});
