import type { UpstreamFailure } from '../network/upstream-error.ts';

/** Why a vault refuses the app, and what an operator does about it; undefined where it does not. */
export function explainRefusal({ upstream, status }: UpstreamFailure): string | undefined {
  if (upstream !== 'key-vault') return undefined;
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
