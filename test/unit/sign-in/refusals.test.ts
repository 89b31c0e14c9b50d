import { expect, test } from 'vitest';
import { ENTRA_ERRORS } from '../../local/entra/entra-error-table.ts';
import { catchError } from './catch-error.ts';
import { startRig, type Rig } from './rig.ts';
import { shortTimes } from '../../local/short-times.ts';

type Expected = [kind: 'ConfigurationError' | 'PartnerAuthenticationFailed', secret: string | undefined, word: RegExp];
const refreshToken = (word: RegExp): Expected => ['PartnerAuthenticationFailed', 'partner-refresh-token', word];
const configuration = (word: RegExp, secret?: string): Expected => ['ConfigurationError', secret, word];

/** Every final code of the token endpoint, with the message for the operator. */
const codes: Record<string, Expected> = {
  AADSTS700082: refreshToken(/90 days.*npm run consent/),
  AADSTS50173: refreshToken(/revoked.*npm run consent/),
  AADSTS70000: refreshToken(/another app.*npm run consent/),
  AADSTS70008: refreshToken(/expired.*npm run consent/),
  AADSTS50076: refreshToken(/multi-factor.*npm run consent/),
  AADSTS50079: refreshToken(/enrol.*npm run consent/),
  AADSTS50078: refreshToken(/too old.*npm run consent/),
  AADSTS53003: refreshToken(/Conditional Access.*npm run consent/),
  AADSTS65001: refreshToken(/consented.*npm run consent/),
  AADSTS500011: configuration(/PARTNER_CENTER_SCOPE/),
  AADSTS700016: configuration(/client id/, 'partner-client-id'),
  AADSTS90002: configuration(/PARTNER_CLOUD/, 'partner-tenant-id'),
  AADSTS7000215: configuration(/value, not its id/, 'partner-client-secret'),
  AADSTS7000222: configuration(/expired/, 'partner-client-secret'),
  AADSTS700027: configuration(/certificate/, 'partner-client-secret'),
  AADSTS700024: configuration(/clock/, 'partner-client-secret'),
  AADSTS50196: ['PartnerAuthenticationFailed', undefined, /loop/],
};

for (const [code, [kind, secret, reason]] of Object.entries(codes)) {
  test(`names the cause of ${code} in the log and only ${kind} to the caller`, async () => {
    const rig = await startRig({ flow: 'app+user' });
    rig.entra.failNext(code, 9);
    const error = await catchError(rig, rig.signIn.accessToken(rig.call()));
    expect(error.code).toBe(kind);
    expect(error.facts).toEqual({});
    expect(rig.forms()).toHaveLength(1);
    const [line, ...more] = rig.errors();
    expect(more).toEqual([]);
    expect(line).toMatchObject({ event: 'PartnerAuthenticationFailed', code });
    expect(line?.['secret']).toBe(secret);
    expect(line?.['reason']).toMatch(reason);
    expect(line?.['length']).toBe(rig.vault.latest(secret ?? '')?.value.length);
    expect(line?.['ageDays']).toBe(secret ? 0 : undefined);
  });
}

test('never advises a consent where the app signs in alone', async () => {
  for (const [code, { status }] of Object.entries(ENTRA_ERRORS)) {
    if (status >= 500 || ['70021', '700213'].includes(code)) continue;
    const rig = await startRig();
    rig.entra.failNext(code, 9);
    await catchError(rig, rig.signIn.accessToken(rig.call()));
    for (const { reason, secret } of rig.errors()) {
      expect(`${code} ${String(reason)}`).not.toMatch(/consent|refresh token/i);
      expect(secret).not.toBe('partner-refresh-token');
    }
  }
});

test.each([
  'invalid_grant',
  'interaction_required',
  'consent_required',
  'access_denied',
  'login_required',
  'unheard_of',
])('never advises a consent where the app signs in alone and Entra returns only %s', async (error) => {
  const rig = await startRig();
  const answer = { status: 400, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ error }) };
  rig.entra.server.faults.add({ kind: 'status', answer, times: 9, matches: ({ operation }) => operation === 'token' });
  await catchError(rig, rig.signIn.accessToken(rig.call()));
  expect(rig.errors()).toMatchObject([{ event: 'PartnerAuthenticationFailed', code: error }]);
  expect(rig.errors()[0]?.['reason']).not.toMatch(/ consent |npm run consent|refresh token/i);
});

test('has a message for every refusal of the Entra emulator', async () => {
  for (const [code, { status }] of Object.entries(ENTRA_ERRORS)) {
    if (status >= 500 || ['70021', '700213'].includes(code)) continue;
    const rig = await startRig({ flow: 'app+user' });
    rig.entra.failNext(code, 9);
    await catchError(rig, rig.signIn.accessToken(rig.call()));
    expect(rig.errors()).toMatchObject([{ event: 'PartnerAuthenticationFailed', code: `AADSTS${code}` }]);
  }
});

const ask = (rig: Rig) => rig.signIn.accessToken(rig.call());

test('waits and retries after AADSTS90033', async () => {
  const rig = await startRig({ environment: shortTimes });
  rig.entra.failNext('AADSTS90033', 2);
  await ask(rig);
  expect(rig.forms()).toHaveLength(3);
  expect(rig.errors()).toEqual([]);
});

test('waits for a federated credential that has not replicated yet, for a limited time', async () => {
  const rig = await startRig({ credential: 'managed-identity', environment: shortTimes });
  rig.entra.failNext('AADSTS70021', 2);
  await ask(rig);
  const strict = await startRig({ credential: 'managed-identity', environment: shortTimes });
  strict.app.federatedCredentials.splice(0);
  expect((await catchError(strict, ask(strict))).code).toBe('ConfigurationError');
  expect(strict.forms()).toHaveLength(4);
  expect(strict.errors()).toMatchObject([{ code: 'AADSTS70021', reason: /federated credential/ }].map(matchReason));
});

test('waits as long as Retry-After says and fails if that is too long', async () => {
  const rig = await startRig({ environment: shortTimes });
  const throttled = (seconds: string) => ({ status: 429, headers: { 'retry-after': seconds }, body: '{}' });
  rig.entra.server.faults.add({ kind: 'status', matches: () => true, answer: throttled('1') });
  const start = performance.now();
  await ask(rig);
  expect(performance.now() - start).toBeGreaterThan(990);
  const long = await startRig({ environment: shortTimes });
  long.entra.server.faults.add({ kind: 'status', matches: () => true, answer: throttled('60') });
  const error = await catchError(long, ask(long));
  expect(error).toMatchObject({ code: 'PartnerCenterError', facts: { retryAfter: 60 } });
  expect(long.forms()).toHaveLength(1);
});

for (const kind of ['reset-before', 'reset-after', 'truncated', 'garbage', 'html-502', 'timeout-before'] as const) {
  test(`repeats a token request after the fault ${kind}, with a new assertion each time`, async () => {
    const rig = await startRig({ credential: 'certificate', environment: shortTimes });
    rig.entra.server.faults.add({ kind, matches: () => true });
    await ask(rig);
    expect(rig.forms()).toHaveLength(2);
    expect(new Set(rig.forms().map((form) => form.get('client_assertion'))).size).toBe(2);
  });
}

test('answers PartnerCenterError with a Retry-After when Entra stays unavailable', async () => {
  const rig = await startRig({ environment: shortTimes });
  rig.entra.server.faults.add({ kind: 'html-502', matches: () => true, times: 99 });
  const error = await catchError(rig, ask(rig));
  expect(error).toMatchObject({ code: 'PartnerCenterError', status: 502, facts: { retryAfter: 30 } });
  expect(rig.forms()).toHaveLength(4);
  expect(rig.errors()).toMatchObject([{ event: 'PartnerAuthenticationFailed', upstream: 'entra', status: 502 }]);
});

function matchReason<T extends { reason: RegExp }>(line: T): T {
  return { ...line, reason: expect.stringMatching(line.reason) as RegExp };
}
