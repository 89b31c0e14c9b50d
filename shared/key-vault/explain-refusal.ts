import type { UpstreamFailure } from '../network/upstream-error.ts';
import { foreignChallenge } from './check-challenge.ts';

/** Why a vault refuses the app, and what an operator does about it; undefined where it does not. */
export function explainRefusal({ upstream, status, code }: UpstreamFailure): string | undefined {
  if (upstream !== 'key-vault') return undefined;
  if (code === foreignChallenge)
    return "the challenge at the vault's address is for another service: set the address of the vault itself, such as https://{name}.vault.azure.net";
  switch (status) {
    case 401:
      return 'the vault rejects the token of the app, a new one too: the identity must belong to the tenant of the vault';
    case 403:
      return 'the identity of the app may not list the secrets: assign the writer role, or admit its network';
    case 404:
      return 'no key vault answers at this address';
    default:
      return undefined;
  }
}
