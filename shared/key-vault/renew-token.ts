import type { GetTokenOptions, TokenCredential } from '@azure/core-auth';
import type { HttpClient, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import type { RenewableCredential } from '../network/renewable-credential.ts';

/**
 * A client and a credential for the SDK of one vault. After a 401 they retry once with a new token: a vault may reject a token long before it
 * expires. The SDK would keep a rejected token, so every token it gets is marked as expired, and it requests one each time.
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
        // The signal and the claims belong to a single request.
        asked = [scopes, options.tenantId === undefined ? {} : { tenantId: options.tenantId }];
        const token = await credential.getToken(scopes, options);
        return token && { ...token, expiresOnTimestamp: 0 };
      },
    },
    client: {
      async sendRequest(request) {
        const token = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1];
        const known = refused.get(request);
        // After a 401 the SDK sends the same request again.
        if (known && known.token === token) return known.answer;
        const answer = await inner.sendRequest(request);
        return answer.status === 401 && token !== undefined ? renew(request, token, answer) : answer;
      },
    },
  };
}
