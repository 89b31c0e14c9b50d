import { OnboardingError } from '../errors/onboarding-error.ts';
import { inSeconds } from '../network/retry-after.ts';
import { UpstreamError } from '../network/upstream-error.ts';
import type { TableCall } from '../table-storage/table.ts';

const reasons = {
  400: 'this is not the address of a table',
  401: 'the table rejects the token of the app, a new one too: the identity must belong to the tenant of the storage account',
  403: 'the identity of the app may not read the table: assign Storage Table Data Contributor, or admit its network',
  404: 'the table does not exist at this address',
};

/** What a table that cannot be read is to the caller: an operator's matter where the address, the table or the right is wrong. */
export function explainTable(error: unknown, { log, deadline }: TableCall): unknown {
  if (!(error instanceof UpstreamError) || error.failure.upstream !== 'table-storage') return error;
  const { status, code, retryAfter } = error.failure;
  // Without the service's own code it may be a proxy that speaks.
  const wrong = code !== undefined && (status === 401 || status === 403 || status === 404 || status === 400);
  if (!wrong) {
    const seconds = inSeconds(retryAfter ?? deadline.share(0.05));
    return new OnboardingError('RecordUnavailable', { retryAfter: seconds });
  }
  const reason = reasons[status];
  log('error', 'ConfigurationError', { setting: 'ONBOARDING_TABLE_URL', status, code, reason });
  return new OnboardingError('ConfigurationError');
}
