import type { AccessToken, GetTokenOptions } from '@azure/core-auth';

/** A sign-in of an SDK; `renewals` counts the tokens that were refused: after another one it gives no token that it has kept. */
export interface TokenSource {
  getToken(
    scopes: string | string[],
    options: GetTokenOptions | undefined,
    renewals: number,
  ): Promise<AccessToken | null>;
}
