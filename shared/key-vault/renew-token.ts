import type { GetTokenOptions, TokenCredential } from '@azure/core-auth';
import type { HttpClient, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import type { RenewableCredential } from '../network/renewable-credential.ts';

/**
 * A client and a credential for the SDK of one vault, which answer a 401 with one new token and one repeat: a token may be refused long
 * before it expires. The SDK keeps its token whatever a vault says of it, so its own copy is always out of date, and it asks each time.
 */
export function renewToken(
  inner: HttpClient,
  credential: RenewableCredential,
): { client: HttpClient; credential: TokenCredential } {
  let asked: [scopes: string | string[], options: GetTokenOptions] | undefined;
  const refused = new WeakMap<PipelineRequest, { token: string; answer: PipelineResponse }>();

  const renew = async (request: PipelineRequest, token: string, answer: PipelineResponse) => {
    if (!asked) return answer;
    credential.dropToken?.(token);
    const renewed = await credential.getToken(...asked);
    const refuse = (by: PipelineResponse): PipelineResponse => {
      refused.set(request, { token: renewed?.token ?? token, answer: by });
      return by;
    };
    if (!renewed || renewed.token === token) return refuse(answer);
    request.headers.set('Authorization', `Bearer ${renewed.token}`);
    const second = await inner.sendRequest(request);
    return second.status === 401 ? refuse(second) : second;
  };

  return {
    credential: {
      async getToken(scopes, options = {}) {
        // The signal and the claims are those of one request.
        asked = [scopes, options.tenantId === undefined ? {} : { tenantId: options.tenantId }];
        const token = await credential.getToken(scopes, options);
        return token && { ...token, expiresOnTimestamp: 0 };
      },
    },
    client: {
      async sendRequest(request) {
        const token = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1];
        const known = refused.get(request);
        // After a 401 the SDK repeats the same request.
        if (known && known.token === token) return known.answer;
        const answer = await inner.sendRequest(request);
        return answer.status === 401 && token !== undefined ? renew(request, token, answer) : answer;
      },
    },
  };
}
