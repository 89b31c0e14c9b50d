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
 * The identity that accesses the vaults: the app's managed identity in Azure, the developer's own sign-in elsewhere. Tokens are cached until
 * five minutes before they expire or until they are refused. Concurrent callers share one request.
 */
export class VaultCredential implements RenewableCredential {
  readonly #inner: Promise<TokenSource>;
  readonly #timeout: number;
  readonly #tokens = new Map<string, AccessToken>();
  readonly #running = new Map<string, Promise<AccessToken>>();

  readonly #resource: string | undefined;
  #renewals = 0;
  #outage: UpstreamError | undefined;

  /** `timeout`: milliseconds for one token request; `resource`: the resource for which the vaults will most likely require a token. */
  constructor(options: { clientId: string | undefined; timeout: number; resource?: string }) {
    this.#timeout = options.timeout;
    this.#resource = options.resource;
    this.#inner = openSource(options.clientId, (request) => this.#send(request));
    // The next caller that needs a token handles the failure.
    this.#inner.catch(() => undefined);
  }

  async getToken(scopes: string | string[], options: GetTokenOptions = {}): Promise<AccessToken> {
    const key = [scopes].flat().join(' ');
    // Claims mean that the vault refused a token, and neither the cache nor a running request takes them into account.
    if (options.claims) return this.#request(key, scopes, options);
    const kept = this.#tokens.get(key);
    if (kept && kept.expiresOnTimestamp - renewBefore > Date.now()) return kept;
    const running = this.#running.get(key) ?? this.#request(key, scopes, options);
    return running;
  }

  /** Discards a cached token that a service refused, and ignores the result of a token request that is already running. */
  dropToken(token: string): void {
    for (const [key, kept] of this.#tokens) {
      if (kept.token !== token) continue;
      this.#tokens.delete(key);
      this.#running.delete(key);
      this.#renewals += 1;
    }
  }

  /** Fetches a token of the managed identity ahead of time, by default for the vaults. `getToken` reports a failure. */
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
    // Omit the caller's signal: other callers share this request.
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
        // The SDK drops the cause, so `#send` records an outage. Any other failure is a response without a token.
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
  // Loaded only without a managed identity: it is half of the SDK.
  const { openDeveloperSignIn } = await import('./developer-credential.ts');
  return openDeveloperSignIn();
}
