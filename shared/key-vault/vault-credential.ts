import type { AccessToken, GetTokenOptions } from '@azure/core-auth';
import type { PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import { beforeDeadline, Deadline } from '../network/deadline.ts';
import type { RenewableCredential } from '../network/renewable-credential.ts';
import { UpstreamError } from '../network/upstream-error.ts';
import { openManagedIdentity, sendToIdentity } from './identity-endpoint.ts';
import type { TokenSource } from './token-source.ts';

const renewBefore = 5 * 60_000;
const what = { upstream: 'managed-identity', operation: 'getToken' } as const;

/**
 * The identity that opens the vaults: the app's managed identity in Azure, the developer's own sign-in elsewhere. Tokens are kept until
 * five minutes before they expire or until they are refused, and however many callers wait, one request is made.
 */
export class VaultCredential implements RenewableCredential {
  readonly #inner: Promise<TokenSource>;
  readonly #timeout: number;
  readonly #tokens = new Map<string, AccessToken>();
  readonly #running = new Map<string, Promise<AccessToken>>();

  readonly #resource: string | undefined;
  #renewals = 0;
  #outage: UpstreamError | undefined;

  /** `timeout`: milliseconds that one token may take; `resource`: the one that vaults will most likely want a token for. */
  constructor(options: { clientId: string | undefined; timeout: number; resource?: string }) {
    this.#timeout = options.timeout;
    this.#resource = options.resource;
    this.#inner = openSource(options.clientId, (request) => this.#send(request));
    // The next caller that needs a token handles the failure.
    this.#inner.catch(() => undefined);
  }

  async getToken(scopes: string | string[], options: GetTokenOptions = {}): Promise<AccessToken> {
    const key = [scopes].flat().join(' ');
    // With claims it is a token that was refused, which no earlier request knew.
    if (options.claims) return this.#request(key, scopes, options);
    const kept = this.#tokens.get(key);
    if (kept && kept.expiresOnTimestamp - renewBefore > Date.now()) return kept;
    const running = this.#running.get(key) ?? this.#request(key, scopes, options);
    return running;
  }

  /** Gives up a kept token that a service has refused, and a request for the next one that is older than that. */
  dropToken(token: string): void {
    for (const [key, kept] of this.#tokens) {
      if (kept.token !== token) continue;
      this.#tokens.delete(key);
      this.#running.delete(key);
      this.#renewals += 1;
    }
  }

  /** Gets a token of the managed identity before it is needed, for vaults where no resource is named; failures are reported by `getToken`. */
  prefetch(resource = this.#resource): void {
    if (resource === undefined || !process.env['IDENTITY_ENDPOINT']) return;
    this.getToken(`${resource}/.default`).catch(() => undefined);
  }

  async #send(request: PipelineRequest): Promise<PipelineResponse> {
    try {
      const answer = await sendToIdentity(request, this.#timeout);
      this.#outage = undefined;
      return answer;
    } catch (error) {
      if (error instanceof UpstreamError) this.#outage = error;
      throw error;
    }
  }

  #request(key: string, scopes: string | string[], options: GetTokenOptions): Promise<AccessToken> {
    // The caller's signal is left out: others wait for the same token.
    const { abortSignal: _others, ...shared } = options;
    const renewals = this.#renewals;
    const request = beforeDeadline(Deadline.after(this.#timeout), what, async (abortSignal) => {
      const token = await (await this.#inner).getToken(scopes, { ...shared, abortSignal }, renewals);
      if (!token?.token) throw new UpstreamError({ ...what, reason: 'malformed' });
      return token;
    })
      .then((token) => {
        if (this.#running.get(key) === request) this.#tokens.set(key, token);
        return token;
      })
      .catch((error: unknown) => {
        // The SDK keeps no cause, so an outage is remembered where it was met; anything else is an answer that gives no token.
        if (error instanceof UpstreamError) throw error;
        throw this.#outage ?? new UpstreamError({ ...what, reason: 'status', status: 400 });
      })
      .finally(() => {
        if (this.#running.get(key) === request) this.#running.delete(key);
      });
    this.#running.set(key, request);
    return request;
  }
}

async function openSource(
  clientId: string | undefined,
  sendRequest: (request: PipelineRequest) => Promise<PipelineResponse>,
): Promise<TokenSource> {
  if (process.env['IDENTITY_ENDPOINT']) return openManagedIdentity(clientId, sendRequest);
  // Loaded where there is no managed identity: it is half of the SDK.
  const { openDeveloperSignIn } = await import('./developer-credential.ts');
  return openDeveloperSignIn();
}
