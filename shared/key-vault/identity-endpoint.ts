import type { TokenCredential } from '@azure/core-auth';
import type { HttpClient, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import { ManagedIdentityCredential } from '@azure/identity';
import { backgroundLog } from '../log/log.ts';
import { now } from '../network/clock.ts';
import { beforeDeadline, Deadline } from '../network/deadline.ts';
import { isUnreadable } from '../network/limit-answers.ts';
import { logUpstream } from '../network/log-upstream.ts';
import { readRetryAfter } from '../network/retry-after.ts';
import { retry } from '../network/retry.ts';
import { httpClient } from '../network/send.ts';
import { UpstreamError } from '../network/upstream-error.ts';
import { keepOrigin } from './keep-origin.ts';
import type { TokenSource } from './token-source.ts';

const what = { upstream: 'managed-identity', operation: 'getToken' } as const;
const suffix = '/.default';

/**
 * The managed identity of the app. The SDK caches tokens for the whole process and offers no way to bypass the cache. So after a renewal the
 * app adds a suffix to the resource name, which changes the cache key; the suffix is removed before the request is sent.
 */
export function openManagedIdentity(clientId: string | undefined, sendRequest: HttpClient['sendRequest']): TokenSource {
  const credential: TokenCredential = new ManagedIdentityCredential({
    ...(clientId ? { clientId } : {}),
    httpClient: {
      sendRequest(request) {
        request.url = request.url.replace(/%23\d+(?=&|$)/, '');
        return sendRequest(request);
      },
    },
    retryOptions: { maxRetries: 0 },
  });
  return {
    getToken(scopes, options, renewals) {
      const renamed = [scopes].flat().map((scope) => `${scope.replace(suffix, '')}#${renewals}${suffix}`);
      return credential.getToken(renewals === 0 ? scopes : renamed, options);
    },
  };
}

/** Sends a request to the identity endpoint. The SDK neither retries a 429 nor limits its waits, so this does both, and logs the call. */
export function sendToIdentity(request: PipelineRequest, timeout: number): Promise<PipelineResponse> {
  const deadline = Deadline.after(timeout);
  // The request carries a secret header, which must not follow a redirect to another origin.
  const client = keepOrigin(httpClient, process.env['IDENTITY_ENDPOINT'] ?? request.url, what.upstream);
  return retry(
    async () => {
      const since = now();
      let status: number | undefined;
      let outcome: string | undefined;
      try {
        const answer = await beforeDeadline(deadline, what, () => client.sendRequest(request)).catch(
          (error: unknown) => {
            const reason = isUnreadable(error) ? 'malformed' : 'network';
            const failed = error instanceof UpstreamError ? error : new UpstreamError({ ...what, reason });
            outcome = failed.failure.reason;
            throw failed;
          },
        );
        status = answer.status;
        // The endpoint returns 404 or 410 while it is being updated (managed identities, "Error handling"). That is an outage.
        const isUpdating = status === 404 || status === 410;
        if (isUpdating || status === 408 || status === 429 || status >= 500) {
          const retryAfter = readRetryAfter(answer.headers.get('retry-after'));
          throw new UpstreamError({ ...what, reason: 'status', status: isUpdating ? 503 : status, retryAfter });
        }
        return answer;
      } finally {
        logUpstream(backgroundLog, { ...what, status, outcome, since });
      }
    },
    { deadline, operation: what.operation },
  );
}
