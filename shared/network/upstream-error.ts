/** The services that an onboarding calls. */
export type Upstream = 'partner-center' | 'entra' | 'key-vault' | 'table-storage' | 'managed-identity';

/** Why a call to one of them has no usable response. */
export type UpstreamReason = 'timeout' | 'network' | 'status' | 'malformed';

export interface UpstreamFailure {
  readonly upstream: Upstream;
  readonly operation: string;
  readonly reason: UpstreamReason;
  readonly status?: number | undefined;
  /** The service's own code, for example `27002`, `AADSTS7000215` or `SecretNotFound`. */
  readonly code?: string | undefined;
  /** The service's Retry-After, in milliseconds. */
  readonly retryAfter?: number | undefined;
}

/** A call to a service without a usable response. The message never contains text from the service, except its code. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  readonly failure: UpstreamFailure;

  constructor(failure: UpstreamFailure) {
    const status = failure.status === undefined ? '' : ` ${failure.status}`;
    super(
      `${failure.upstream} ${failure.operation}: ${failure.reason}${status}${failure.code ? ` (${failure.code})` : ''}`,
    );
    this.failure = failure;
  }
}

/** True if the same request may succeed on a retry: no response, a malformed one, 408, 429 or any 5xx. */
export function isTransient(error: unknown): error is UpstreamError {
  if (!(error instanceof UpstreamError)) return false;
  const { reason, status } = error.failure;
  return reason !== 'status' || status === 408 || status === 429 || (status ?? 0) >= 500;
}
