import type { SetSecretOptions } from '@azure/keyvault-secrets';
import { RestError } from '@azure/core-rest-pipeline';
import type { Log } from '../log/log.ts';
import { elapsedSince, now } from '../network/clock.ts';
import { beforeDeadline, type Deadline } from '../network/deadline.ts';
import { readRetryAfter } from '../network/retry-after.ts';
import { UpstreamError } from '../network/upstream-error.ts';

/** What every call to a vault needs: how long it may take, and where its log line goes. */
export interface VaultCall {
  readonly deadline: Deadline;
  readonly log: Log;
}

type RawResponseCallback = NonNullable<SetSecretOptions['onResponse']>;

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
  let status: number | undefined;
  let requestId: string | undefined;
  let date: string | undefined;
  const onResponse: RawResponseCallback = (response) => {
    status = response.status;
    requestId = /^[\w-]{1,100}$/.exec(response.headers.get('x-ms-request-id') ?? '')?.[0];
    date ??= response.headers.get('date');
  };
  let outcome: string | undefined;
  try {
    const result = await beforeDeadline(call.deadline, { upstream: 'key-vault', operation }, (abortSignal) =>
      run({ abortSignal, onResponse }),
    );
    const vaultTime = Date.parse(date ?? '');
    return { result, vaultTime: Number.isNaN(vaultTime) ? Date.now() : vaultTime };
  } catch (error) {
    const failure = toUpstreamError(operation, error);
    status = failure.failure.status ?? status;
    outcome = failure.failure.code ?? failure.failure.reason;
    throw failure;
  } finally {
    call.log('info', 'upstream', {
      upstream: 'key-vault',
      operation,
      vault,
      status,
      outcome,
      durationMs: Math.round(elapsedSince(start)),
      requestId,
    });
  }
}

function toUpstreamError(operation: string, error: unknown): UpstreamError {
  if (error instanceof UpstreamError) return error;
  const what = { upstream: 'key-vault', operation } as const;
  if (error instanceof RestError && error.statusCode !== undefined && error.code !== RestError.PARSE_ERROR) {
    const retryAfter = readRetryAfter(error.response?.headers.get('retry-after'));
    const code = /^[A-Za-z]{1,60}$/.exec(error.code ?? '')?.[0];
    return new UpstreamError({ ...what, reason: 'status', status: error.statusCode, code, retryAfter });
  }
  const broken = error instanceof RestError && error.code === RestError.PARSE_ERROR;
  return new UpstreamError({ ...what, reason: broken ? 'malformed' : 'network' });
}

/** True where a vault answered that it does not take this write: no permission, or a deleted secret still holds the name. */
export function refusesWrite(error: unknown): error is UpstreamError {
  return error instanceof UpstreamError && (error.failure.status === 403 || error.failure.status === 409);
}
