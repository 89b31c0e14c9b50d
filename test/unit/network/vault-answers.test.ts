import { expect, test } from 'vitest';
import { openEmulatedVault, vaultOperations } from './open-emulated-vault.ts';

const json = { 'content-type': 'application/json' };
/** Answers of Key Vault itself and of a proxy in front of it. */
const bodies = [
  { how: "Key Vault's words", headers: json, body: '{"error":{"code":"Throttled","message":"later"}}' },
  { how: 'no body', headers: {} },
  { how: 'no body that calls itself JSON', headers: json },
  { how: 'broken JSON', headers: json, body: '{"error":{"co' },
  { how: 'HTML', headers: { 'content-type': 'text/html' }, body: '<html>later</html>' },
];
const statuses = [307, 403, 404, 409, 429, 503];
const refusals = statuses.flatMap((status) =>
  bodies.map(({ how, headers, ...body }) => ({
    how,
    answer: { status, headers: { ...headers, 'retry-after': '7' }, ...body },
    failure: { reason: 'status', status, retryAfter: 7000 },
  })),
);
const rows = vaultOperations.flatMap(([what, operate]) => refusals.map((refusal) => ({ what, operate, ...refusal })));

test.each(rows)('reads status and Retry-After when $what is answered $answer.status with $how', async (row) => {
  const { operate, answer, failure } = row;
  const { vault, emulator, call, answerAll } = await openEmulatedVault();
  answerAll(answer);
  await expect(operate(vault, call())).rejects.toMatchObject({ failure });
  await emulator.close();
});

test.each(refusals)(
  'reads both when a later page is answered $answer.status with $how',
  async ({ answer, failure }) => {
    const { vault, emulator, call, answerAll } = await openEmulatedVault();
    emulator.pageSize = 1;
    for (const value of ['a', 'b']) emulator.setSecret('one', value);
    answerAll(answer, ({ query }) => query.has('$skiptoken'));
    await expect(vault.listVersions('one', call())).rejects.toMatchObject({ failure });
    await emulator.close();
  },
);
