import type { SetSecretOptions } from '@azure/keyvault-secrets';
import { RestError } from '@azure/core-rest-pipeline';
import type { Log } from '../log/log.ts';
import { now } from '../network/clock.ts';
import { beforeDeadline, type Deadline } from '../network/deadline.ts';
import { isUnreadable } from '../network/limit-answers.ts';
import { logUpstream } from '../network/log-upstream.ts';
import { readRetryAfter } from '../network/retry-after.ts';
import { UpstreamError, type UpstreamFailure } from '../network/upstream-error.ts';

/** The deadline and the log of a call to a vault. */
export interface VaultCall {
  readonly deadline: Deadline;
  readonly log: Log;
}

type RawResponseCallback = NonNullable<SetSecretOptions['onResponse']>;
type RawResponse = Parameters<RawResponseCallback>[0];

/** Options for an SDK call: it stops on `abortSignal` and reports each HTTP response to `onResponse`. */
export interface SdkOptions {
  readonly abortSignal: AbortSignal;
  readonly onResponse: RawResponseCallback;
}

/** Makes one call of the Key Vault SDK with a deadline and a log line. A failure becomes an `UpstreamError` without the SDK's message. */
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

/** Classifies any response except 200 by its HTTP status, because the SDK fails if the body is missing or malformed. */
function toUpstreamError(operation: string, error: unknown, answer: RawResponse | undefined): UpstreamError {
  if (error instanceof UpstreamError) return error;
  const what = { upstream: 'key-vault', operation } as const;
  const ofSdk = error instanceof RestError ? error : undefined;
  // For later pages of a list, the SDK reports the status only in its error.
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

/** The inner, more specific code: a missing role, a firewall and a disabled secret are all `Forbidden`. The SDK does not always expose it. */
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

/** True if a vault refused a write: it rejected the token, permission is missing, or a soft-deleted secret has this name. */
export function refusesWrite(error: unknown): error is UpstreamError {
  return error instanceof UpstreamError && [401, 403, 409].includes(error.failure.status ?? 0);
}
