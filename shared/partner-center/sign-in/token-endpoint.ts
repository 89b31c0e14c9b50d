import { readRetryAfter } from '../../network/retry-after.ts';
import { readJson, send, type Incoming } from '../../network/send.ts';
import { UpstreamError } from '../../network/upstream-error.ts';
import { findRefusal, isPassingCode, type SignInFlow } from './known-refusals.ts';
import type { SignInCall } from './sign-in-call.ts';
import { SignInRefusal } from './sign-in-refusal.ts';

export interface TokenAnswer {
  readonly accessToken: string;
  /** Milliseconds for which the access token is valid, counted from when the request was sent. */
  readonly lifetime: number;
  readonly refreshToken: string | undefined;
  readonly idToken: string | undefined;
}

export type TokenForm = Readonly<Record<string, string>>;

const hour = 3_600_000;
const what = { upstream: 'entra', operation: 'getToken' } as const;

/** The v2 token endpoint of a tenant (Microsoft identity platform, "OAuth 2.0 client credentials flow"). */
export function tokenEndpoint(authorityUrl: string, tenant: string): string {
  return `${authorityUrl}/${tenant}/oauth2/v2.0/token`;
}

/** Posts one form to the token endpoint once. Rejects as `processTokenAnswer` does, or with `UpstreamError` if there is no response. */
export async function requestToken(url: string, form: TokenForm, call: SignInCall): Promise<TokenAnswer> {
  const incoming = await send({
    ...what,
    method: 'POST',
    url,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
    body: new URLSearchParams(form).toString(),
    deadline: call.deadline,
    log: call.log,
  });
  return processTokenAnswer(incoming, flowOf(form));
}

function flowOf({ grant_type }: TokenForm): SignInFlow {
  if (grant_type === 'client_credentials') return 'app';
  return grant_type === 'authorization_code' ? 'consent' : 'app+user';
}

/** The tokens of a response. Throws `SignInRefusal` if Entra refused the request, `UpstreamError` if it was unavailable. */
export function processTokenAnswer(incoming: Incoming, flow: SignInFlow): TokenAnswer {
  const { status } = incoming;
  if (status < 200 || status >= 300) throw readRefusal(incoming, flow);
  const body = readJson(incoming, what) as Record<string, unknown> | null;
  const accessToken = readText(body?.['access_token']);
  if (accessToken === undefined) throw new UpstreamError({ ...what, reason: 'malformed', status });
  return {
    accessToken,
    lifetime: readLifetime(body?.['expires_in']),
    refreshToken: readText(body?.['refresh_token']),
    idToken: readText(body?.['id_token']),
  };
}

function readRefusal(incoming: Incoming, flow: SignInFlow): Error {
  const { status } = incoming;
  const retryAfter = readRetryAfter(incoming.header('retry-after'));
  const { code, error } = readError(incoming);
  const failure = { ...what, reason: 'status', code: code ?? error, retryAfter } as const;
  // Entra can report its own outage with a 400. The app treats this as a 503.
  if (isPassingCode(code) || isPassingCode(error)) return new UpstreamError({ ...failure, status: 503 });
  const refused = status >= 400 && status < 500 && status !== 408 && status !== 429 && error !== undefined;
  return refused ? new SignInRefusal(findRefusal(code, error, flow)) : new UpstreamError({ ...failure, status });
}

/** The codes of an error body, only in their expected form: nothing else from the body may be logged. */
function readError(incoming: Incoming): { code: string | undefined; error: string | undefined } {
  let body: unknown;
  try {
    body = readJson(incoming, what);
  } catch {
    // Probably an error page of a gateway: only the status is left.
  }
  const { error, error_codes, error_description } = (body ?? {}) as Record<string, unknown>;
  const number = Array.isArray(error_codes) ? (error_codes as unknown[])[0] : undefined;
  const described = /^\s*(AADSTS\d{4,9})\b/.exec(readText(error_description) ?? '')?.[1];
  const code = typeof number === 'number' && /^\d{4,9}$/.test(`${number}`) ? `AADSTS${number}` : described;
  return { code, error: /^[a-z_]{1,40}$/.exec(readText(error) ?? '')?.[0] };
}

/** `expires_in`, in seconds, is a number in v2 responses and a string in v1 responses. */
function readLifetime(value: unknown): number {
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : hour;
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
