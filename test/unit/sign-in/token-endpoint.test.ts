import { assert, anything, property } from 'fast-check';
import { expect, test } from 'vitest';
import type { Incoming } from '../../../shared/network/send.ts';
import { isTransient, UpstreamError } from '../../../shared/network/upstream-error.ts';
import { SignInRefusal } from '../../../shared/partner-center/sign-in/sign-in-refusal.ts';
import { processTokenAnswer } from '../../../shared/partner-center/sign-in/token-endpoint.ts';

const incoming = (status: number, body: unknown, headers: Record<string, string> = {}): Incoming => ({
  status,
  header: (name) => headers[name],
  text: typeof body === 'string' ? body : JSON.stringify(body),
});

function refusalOf(answer: Incoming): unknown {
  try {
    return processTokenAnswer(answer, 'app+user');
  } catch (error) {
    return error;
  }
}

const lifetimes: [expiresIn: unknown, seconds: number][] = [
  [3599, 3599],
  ['3599', 3599],
  [' 60 ', 60],
  [undefined, 3600],
  [null, 3600],
  ['', 3600],
  ['soon', 3600],
  [-1, 3600],
  [0, 3600],
];
for (const [expiresIn, seconds] of lifetimes) {
  test(`reads ${seconds} seconds from an expires_in of ${JSON.stringify(expiresIn)}`, () => {
    const answer = processTokenAnswer(incoming(200, { access_token: 'a.b.c', expires_in: expiresIn }), 'app');
    expect(answer).toEqual({
      accessToken: 'a.b.c',
      lifetime: seconds * 1000,
      refreshToken: undefined,
      idToken: undefined,
    });
  });
}

test('treats an empty refresh token as none', () => {
  for (const refresh_token of ['', '  ', null, 7]) {
    expect(
      processTokenAnswer(incoming(200, { access_token: 'a.b.c', refresh_token }), 'app+user').refreshToken,
    ).toBeUndefined();
  }
});

test('tolerates a byte order mark', () => {
  expect(processTokenAnswer(incoming(200, `\uFEFF${JSON.stringify({ access_token: 'a' })}`), 'app').accessToken).toBe(
    'a',
  );
});

test('reads the code from error_codes, else from the description, else the OAuth error', () => {
  const cases: [body: object, code: string][] = [
    [{ error: 'invalid_client', error_codes: [7000215], error_description: 'AADSTS1: no' }, 'AADSTS7000215'],
    [{ error: 'invalid_client', error_description: 'AADSTS7000222: over. Trace ID: 1' }, 'AADSTS7000222'],
    [{ error: 'invalid_grant', error_codes: ['x'], error_description: 'something else' }, 'invalid_grant'],
    [{ error: 'brand_new' }, 'brand_new'],
  ];
  for (const [body, code] of cases) {
    const error = refusalOf(incoming(400, body));
    expect(error).toBeInstanceOf(SignInRefusal);
    expect((error as SignInRefusal).refusal.code).toBe(code);
  }
});

test('treats an error as transient if Entra does, with the wait that it requests', () => {
  const answers = [
    incoming(400, { error: 'temporarily_unavailable' }, { 'retry-after': '7' }),
    incoming(400, { error: 'server_error', error_codes: [90033] }, { 'retry-after': '7' }),
    incoming(503, '<html>', { 'retry-after': '7' }),
    incoming(429, { error: 'too_many' }, { 'retry-after': '7' }),
  ];
  for (const answer of answers) {
    const error = refusalOf(answer);
    expect(isTransient(error)).toBe(true);
    expect((error as UpstreamError).failure.retryAfter).toBe(7000);
  }
});

test('does not treat a gateway page as a refusal', () => {
  for (const status of [302, 403, 404]) {
    const error = refusalOf(incoming(status, '<html>nope</html>'));
    expect(error).toBeInstanceOf(UpstreamError);
    expect(isTransient(error)).toBe(false);
  }
  for (const body of ['{', '[]', 'null', '{}', '{"access_token":7}']) {
    expect(isTransient(refusalOf(incoming(200, body)))).toBe(true);
  }
});

test.each<unknown>([{ toString: '' }, { valueOf: 1, toString: null }, [], '50000x', null, true, 1e30, -70011])(
  'reads no error code from %j',
  (odd) => {
    const outcome = refusalOf(incoming(400, { error: 'invalid_client', error_codes: [odd] }));
    expect(outcome).toMatchObject({ refusal: { code: 'invalid_client' } });
  },
);

test('answers any body with tokens or one of its two errors, never with text of the body', () => {
  assert(
    property(anything(), (body) => {
      for (const status of [200, 400, 401, 503]) {
        const outcome = refusalOf(incoming(status, { error: body, error_codes: body, error_description: body }));
        expect(outcome instanceof SignInRefusal || outcome instanceof UpstreamError).toBe(true);
        const code = outcome instanceof SignInRefusal ? outcome.refusal.code : 'invalid_client';
        expect(code).toMatch(/^(AADSTS\d{4,9}|[a-z_]{1,40})$/);
      }
    }),
  );
});
