import type { HttpClient } from '@azure/core-rest-pipeline';
import { UpstreamError, type Upstream } from '../network/upstream-error.ts';

/** Rejects requests to any other origin than that of `url`: the SDKs follow every `nextLink` and redirect. */
export function keepOrigin(inner: HttpClient, url: string, upstream: Upstream): HttpClient {
  const { origin } = new URL(url);
  return {
    async sendRequest(request) {
      if (new URL(request.url).origin === origin) return inner.sendRequest(request);
      throw new UpstreamError({ upstream, operation: 'followLink', reason: 'malformed' });
    },
  };
}
