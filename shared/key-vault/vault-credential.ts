import type { AccessToken, GetTokenOptions, TokenCredential } from '@azure/core-auth';
import type { HttpClient, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import { ManagedIdentityCredential } from '@azure/identity';
import { backgroundLog } from '../log/log.ts';
import { elapsedSince, now } from '../network/clock.ts';
import { beforeDeadline, Deadline } from '../network/deadline.ts';
import { readRetryAfter } from '../network/retry-after.ts';
import { retry } from '../network/retry.ts';
import { httpClient } from '../network/send.ts';
import { UpstreamError } from '../network/upstream-error.ts';

const renewBefore = 5 * 60_000;
const what = { upstream: 'managed-identity', operation: 'getToken' } as const;

/**
 * The identity that opens the vaults: the app's managed identity in Azure, the developer's own sign-in elsewhere. Tokens are kept until
 * five minutes before they expire, and however many callers wait, one request is made.
 */
export class VaultCredential implements TokenCredential {
  readonly #inner: Promise<TokenCredential>;
  readonly #timeout: number;
  readonly #tokens = new Map<string, AccessToken>();
  readonly #running = new Map<string, Promise<AccessToken>>();

  readonly #resource: string | undefined;
  #outage: UpstreamError | undefined;

  /** `timeout`: milliseconds that one token may take; `resource`: the one that vaults will most likely want a token for. */
  constructor(options: { clientId: string | undefined; timeout: number; resource?: string }) {
    this.#timeout = options.timeout;
    this.#resource = options.resource;
    this.#inner = openCredential(options.clientId, (request) => this.#send(request));
    // A failure is met by whoever asks for a token.
    this.#inner.catch(() => undefined);
  }

  async getToken(scopes: string | string[], options: GetTokenOptions = {}): Promise<AccessToken> {
    const key = [scopes].flat().join(' ');
    const kept = this.#tokens.get(key);
    if (kept && !options.claims && kept.expiresOnTimestamp - renewBefore > Date.now()) return kept;
    const running = this.#running.get(key) ?? this.#request(key, scopes, options);
    return running;
  }

  /** Gets the token of the managed identity before a vault has asked for it; a failure is met by whoever asks for it in earnest. */
  prefetch(): void {
    if (this.#resource === undefined || !process.env['IDENTITY_ENDPOINT']) return;
    this.getToken(`${this.#resource}/.default`).catch(() => undefined);
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
    const request = beforeDeadline(Deadline.after(this.#timeout), what, async (abortSignal) => {
      const token = await (await this.#inner).getToken(scopes, { ...shared, abortSignal });
      if (!token?.token) throw new UpstreamError({ ...what, reason: 'malformed' });
      this.#tokens.set(key, token);
      return token;
    })
      .catch((error: unknown) => {
        // The SDK keeps no cause, so an outage is remembered where it was met; anything else is an answer that gives no token.
        if (error instanceof UpstreamError) throw error;
        throw this.#outage ?? new UpstreamError({ ...what, reason: 'status', status: 400 });
      })
      .finally(() => this.#running.delete(key));
    this.#running.set(key, request);
    return request;
  }
}

async function openCredential(
  clientId: string | undefined,
  sendRequest: HttpClient['sendRequest'],
): Promise<TokenCredential> {
  if (process.env['IDENTITY_ENDPOINT']) {
    return new ManagedIdentityCredential({
      ...(clientId ? { clientId } : {}),
      httpClient: { sendRequest },
      retryOptions: { maxRetries: 0 },
    });
  }
  // Loaded where there is no managed identity: it is half of the SDK.
  const { openDeveloperCredential } = await import('./developer-credential.ts');
  return openDeveloperCredential();
}

/** The SDK neither retries a 429 of the identity endpoint nor bounds its waits, so both is done here, with the log line. */
function sendToIdentity(request: PipelineRequest, timeout: number): Promise<PipelineResponse> {
  const deadline = Deadline.after(timeout);
  return retry(
    async () => {
      const start = now();
      let status: number | undefined;
      try {
        const answer = await beforeDeadline(deadline, what, () => httpClient.sendRequest(request)).catch(
          (error: unknown) => {
            throw error instanceof UpstreamError ? error : new UpstreamError({ ...what, reason: 'network' });
          },
        );
        status = answer.status;
        if (status === 408 || status === 429 || status >= 500) {
          throw new UpstreamError({
            ...what,
            reason: 'status',
            status,
            retryAfter: readRetryAfter(answer.headers.get('retry-after')),
          });
        }
        return answer;
      } finally {
        backgroundLog('info', 'upstream', { ...what, status, durationMs: Math.round(elapsedSince(start)) });
      }
    },
    { deadline },
  );
}
