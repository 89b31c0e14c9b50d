import { OnboardingError } from '../errors/onboarding-error.ts';
import { inSeconds } from '../network/retry-after.ts';
import { UpstreamError } from '../network/upstream-error.ts';
import type { TableCall } from '../table-storage/table.ts';

const reasons = {
  400: 'this is not the URL of a table',
  401: 'the table rejects the token of the app, even a new one: the identity must belong to the tenant of the storage account',
  403: 'the identity of the app has no access to the table: assign Storage Table Data Contributor, or allow its network',
  404: 'the table does not exist at this URL',
};

/** The caller's error for a table that cannot be read: a `ConfigurationError` if address, table or permission is wrong. */
export function explainTable(error: unknown, { log, deadline }: TableCall): unknown {
  if (!(error instanceof UpstreamError) || error.failure.upstream !== 'table-storage') return error;
  const { status, code, retryAfter } = error.failure;
  // Without the service's error code the response may come from a proxy.
  const wrong = code !== undefined && (status === 401 || status === 403 || status === 404 || status === 400);
  if (!wrong) {
    const seconds = inSeconds(retryAfter ?? deadline.share(0.05));
    return new OnboardingError('RecordUnavailable', { retryAfter: seconds });
  }
  const reason = reasons[status];
  log('error', 'ConfigurationError', { setting: 'ONBOARDING_TABLE_URL', status, code, reason });
  return new OnboardingError('ConfigurationError');
}
