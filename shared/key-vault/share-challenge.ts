import type { HttpClient, PipelineResponse } from '@azure/core-rest-pipeline';

/**
 * Sends the requests of one vault's client. Before it knows which token a vault wants, the SDK asks with a request of no token and no
 * body ("Authentication, requests and responses"), once for every call that is made meanwhile. Here one question is asked, its 401 is
 * the answer to all of them, and `meanwhile` runs while it is on its way.
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
      // Whoever asked first may have given up; then everyone asks for themselves.
      const answer = await asked.catch(() => undefined);
      return answer?.status === 401 ? { ...answer, request } : inner.sendRequest(request);
    },
  };
}
