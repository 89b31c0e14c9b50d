import type { SetSecretOptions } from '@azure/keyvault-secrets';
import { RestError } from '@azure/core-rest-pipeline';
import type { Log } from '../log/log.ts';
import { now } from '../network/clock.ts';
import { beforeDeadline, type Deadline } from '../network/deadline.ts';
import { isUnreadable } from '../network/limit-answers.ts';
import { logUpstream } from '../network/log-upstream.ts';
import { readRetryAfter } from '../network/retry-after.ts';
import { UpstreamError, type UpstreamFailure } from '../network/upstream-error.ts';

/** What every call to a vault needs: how long it may take, and where its log line goes. */
export interface VaultCall {
  readonly deadline: Deadline;
  readonly log: Log;
}

type RawResponseCallback = NonNullable<SetSecretOptions['onResponse']>;
type RawResponse = Parameters<RawResponseCallback>[0];

/** What an SDK call is given: stop on `abortSignal`, report each answer of the wire to `onResponse`. */
export interface SdkOptions {
  readonly abortSignal: AbortSignal;
  readonly onResponse: RawResponseCallback;
}

/** One call of the Key Vault SDK with a deadline and a log line; every failure becomes an `UpstreamError` without the SDK's texts. */
export async function callVault<T>(
  operation: string,
  vault: string,
  call: VaultCall,
  run: (options: SdkOptions) => Promise<T>,
): Promise<{ result: T; vaultTime: number }> {
  const start = now();
  let answer: RawResponse | undefined;
  let requestId: string | undefined;
  let date: string | undefined;
  const onResponse: RawResponseCallback = (response) => {
    answer = response;
    requestId = response.headers.get('x-ms-request-id');
    date ??= response.headers.get('date');
  };
  let failure: UpstreamFailure | undefined;
  try {
    const result = await beforeDeadline(call.deadline, { upstream: 'key-vault', operation }, (abortSignal) =>
      run({ abortSignal, onResponse }),
    );
    const vaultTime = Date.parse(date ?? '');
    return { result, vaultTime: Number.isNaN(vaultTime) ? Date.now() : vaultTime };
  } catch (error) {
    const upstreamError = toUpstreamError(operation, error, answer);
    failure = upstreamError.failure;
    throw upstreamError;
  } finally {
    logUpstream(call.log, {
      upstream: 'key-vault',
      operation,
      vault,
      status: failure?.status ?? answer?.status,
      outcome: failure && (failure.code ?? failure.reason),
      since: start,
      requestId,
    });
  }
}

/** Any response except 200 is classified by the status on the wire: the SDK fails on one whose body is missing or malformed. */
function toUpstreamError(operation: string, error: unknown, answer: RawResponse | undefined): UpstreamError {
  if (error instanceof UpstreamError) return error;
  const what = { upstream: 'key-vault', operation } as const;
  const ofSdk = error instanceof RestError ? error : undefined;
  // For a later page of a list the SDK reports the status in its error only.
  const status = ofSdk?.statusCode ?? answer?.status;
  if (status !== undefined && status !== 200) {
    const { headers } = ofSdk?.response ?? answer ?? {};
    const retryAfter = readRetryAfter(headers?.get('retry-after'));
    const code = /^[A-Za-z]{1,60}$/.exec(readInnerCode(answer?.bodyAsText) ?? ofSdk?.code ?? '')?.[0];
    return new UpstreamError({ ...what, reason: 'status', status, code, retryAfter });
  }
  const broken = isUnreadable(error) || (!ofSdk && answer !== undefined);
  return new UpstreamError({ ...what, reason: broken ? 'malformed' : 'network' });
}

/** The code that says it precisely: a missing role, a firewall and a disabled secret are all `Forbidden`. The SDK does not always keep it. */
function readInnerCode(body: string | null | undefined): string | undefined {
  try {
    const { error } = JSON.parse(body ?? '') as { error?: { innererror?: InnerError; innerError?: InnerError } };
    const inner = error?.innererror ?? error?.innerError;
    const code = inner?.innererror?.code ?? inner?.code;
    return typeof code === 'string' ? code : undefined;
  } catch {
    return undefined;
  }
}

interface InnerError {
  readonly code?: unknown;
  readonly innererror?: InnerError;
}

/** True where a vault answered that it does not take this write: it rejects the token, permission is missing, or a deleted secret holds the name. */
export function refusesWrite(error: unknown): error is UpstreamError {
  return error instanceof UpstreamError && [401, 403, 409].includes(error.failure.status ?? 0);
}
