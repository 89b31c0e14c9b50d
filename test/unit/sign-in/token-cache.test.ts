import { expect, test, vi } from 'vitest';
import { startRig, type Rig } from './rig.ts';

/** How many token requests there were after one more call. */
async function countRequests(rig: Rig): Promise<number> {
  await rig.signIn.accessToken(rig.call());
  return rig.forms().length;
}

/** Runs the rest of a test that many milliseconds later, by both clocks that the app uses. */
function travel(milliseconds: number): void {
  const wall = Date.now() + milliseconds;
  const monotonic = performance.now() + milliseconds;
  vi.spyOn(Date, 'now').mockReturnValue(wall);
  vi.spyOn(performance, 'now').mockReturnValue(monotonic);
}

test('makes one token request however many callers wait', async () => {
  const rig = await startRig();
  rig.entra.server.latency = 50;
  const tokens = await Promise.all(Array.from({ length: 20 }, () => rig.signIn.accessToken(rig.call())));
  expect(new Set(tokens).size).toBe(1);
  expect(rig.forms()).toHaveLength(1);
  expect(await countRequests(rig)).toBe(1);
});

test('keeps a token until five minutes before it expires', async () => {
  const rig = await startRig();
  expect(await countRequests(rig)).toBe(1);
  travel((3599 - 301) * 1000 - 2000);
  expect(await countRequests(rig)).toBe(1);
  travel(4000);
  expect(await countRequests(rig)).toBe(2);
  vi.restoreAllMocks();
});

test('does not cache a token that is valid for five minutes only', async () => {
  const rig = await startRig();
  rig.entra.tokenLifetimeSeconds = 300;
  expect(await countRequests(rig)).toBe(1);
  expect(await countRequests(rig)).toBe(2);
});

test('fetches exactly one new token when Partner Center rejected the cached one', async () => {
  const rig = await startRig();
  const first = await rig.signIn.accessToken(rig.call());
  rig.entra.server.latency = 20;
  const again = await Promise.all([1, 2, 3].map(() => rig.signIn.accessToken(rig.call(), { rejected: first })));
  expect(new Set(again).size).toBe(1);
  expect(again[0]).not.toBe(first);
  expect(rig.forms()).toHaveLength(2);
  expect(await rig.signIn.accessToken(rig.call(), { rejected: first })).toBe(again[0]);
  expect(rig.forms()).toHaveLength(2);
});

test('reads the partner secrets once for two tokens within the cache time, and each time without one', async () => {
  for (const [seconds, reads] of [
    ['600', 3],
    ['0', 6],
  ] as const) {
    const rig = await startRig({ environment: { PARTNER_SECRET_CACHE_SECONDS: seconds } });
    const first = await rig.signIn.accessToken(rig.call());
    await rig.signIn.accessToken(rig.call(), { rejected: first });
    const read = rig.vault.server.requests.filter(
      ({ operation, status }) => operation === 'getSecret' && status === 200,
    );
    expect(read).toHaveLength(reads);
  }
});

test('stops a caller at its deadline while the others get their token', async () => {
  const rig = await startRig();
  rig.entra.server.latency = 800;
  const patient = rig.signIn.accessToken(rig.call());
  await expect(rig.signIn.accessToken(rig.call(100))).rejects.toMatchObject({ code: 'PartnerCenterError' });
  await expect(patient).resolves.toBeTypeOf('string');
  expect(rig.forms()).toHaveLength(1);
});

test('returns the remaining wait of Entra to a caller at its deadline', async () => {
  const rig = await startRig({ environment: { ONBOARDING_TIMEOUT_SECONDS: '10' } });
  const answer = { status: 429, headers: { 'retry-after': '4' }, body: '{}' };
  rig.entra.server.faults.add({ kind: 'status', matches: () => true, answer });
  const patient = rig.signIn.accessToken(rig.call());
  await expect(rig.signIn.accessToken(rig.call(1500))).rejects.toMatchObject({
    code: 'PartnerCenterError',
    facts: { retryAfter: 3 },
  });
  await expect(patient).resolves.toBeTypeOf('string');
});
