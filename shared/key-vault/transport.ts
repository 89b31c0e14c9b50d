import type { TokenCredential } from '@azure/core-auth';
import type { HttpClient } from '@azure/core-rest-pipeline';
import type { RenewableCredential } from '../network/renewable-credential.ts';
import { httpClient } from '../network/send.ts';
import { checkChallenge } from './check-challenge.ts';
import { keepOrigin } from './keep-origin.ts';
import { renewToken } from './renew-token.ts';
import { shareChallenge } from './share-challenge.ts';

/** The transport of one vault's SDK client. On loopback (`local`) the challenge is not checked: no resource covers such an address. */
export function openTransport(
  url: string,
  credential: RenewableCredential,
  local: boolean,
): { httpClient: HttpClient; credential: TokenCredential } {
  const own = keepOrigin(httpClient, url, 'key-vault');
  const { client, credential: renewed } = renewToken(local ? own : checkChallenge(own), credential);
  return { httpClient: shareChallenge(client, () => credential.prefetch?.()), credential: renewed };
}
