import type { HttpClient, PipelineResponse } from '@azure/core-rest-pipeline';

/**
 * Shares one challenge between the calls of a vault's client. Until the SDK knows which token the vault requires, every call first sends a
 * request without token and body to get the challenge ("Authentication, requests and responses"). Here only the first is sent; its 401
 * answers the others. `meanwhile` runs while that request is pending.
 */
export function shareChallenge(inner: HttpClient, meanwhile: () => void): HttpClient {
  let asked: Promise<PipelineResponse> | undefined;
  return {
    async sendRequest(request) {
      if (request.headers.has('authorization')) return inner.sendRequest(request);
      if (!asked) {
        asked = inner.sendRequest(request);
        meanwhile();
        return asked.finally(() => (asked = undefined));
      }
      // If the first request fails or is aborted, every call sends its own.
      const answer = await asked.catch(() => undefined);
      return answer?.status === 401 ? { ...answer, request } : inner.sendRequest(request);
    },
  };
}
