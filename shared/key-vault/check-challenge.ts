import type { HttpClient } from '@azure/core-rest-pipeline';
import { UpstreamError } from '../network/upstream-error.ts';

/** Our own code for a vault whose challenge requests a token for a different service. */
export const foreignChallenge = 'ForeignChallenge';

/**
 * Rejects a challenge whose resource does not cover the requested address: that server would get a token for every vault
 * ("Authentication, requests and responses"). The SDK checks this too, but its error looks like an outage.
 */
export function checkChallenge(inner: HttpClient): HttpClient {
  return {
    async sendRequest(request) {
      const answer = await inner.sendRequest(request);
      if (answer.status !== 401 || coversAddress(answer.headers.get('www-authenticate') ?? '', request.url))
        return answer;
      const failure = { reason: 'status', status: 401, code: foreignChallenge } as const;
      throw new UpstreamError({ upstream: 'key-vault', operation: 'authenticate', ...failure });
    },
  };
}

/** Whether a call failed because no key vault of ours is at the address. */
export function isForeignVault(error: unknown): boolean {
  return error instanceof UpstreamError && error.failure.code === foreignChallenge;
}

function coversAddress(challenge: string, url: string): boolean {
  const named = /\b(?:resource|scope)="?([^",\s]+)/i.exec(challenge)?.[1];
  if (named === undefined) return true;
  return URL.canParse(named) && new URL(url).hostname.endsWith(`.${new URL(named).hostname}`);
}
