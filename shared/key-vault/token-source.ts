import type { AccessToken, GetTokenOptions } from '@azure/core-auth';

/** A source of tokens from an SDK. `renewals` counts the refused tokens: when it increases, the source must not return a cached token. */
export interface TokenSource {
  getToken(
    scopes: string | string[],
    options: GetTokenOptions | undefined,
    renewals: number,
  ): Promise<AccessToken | null>;
}
