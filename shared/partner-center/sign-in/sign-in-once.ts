import { exchange, type ExchangeOptions } from './exchange.ts';
import type { PartnerSecretCache } from './partner-secret-cache.ts';
import { areSameSecrets, type PartnerSecrets } from './partner-secret.ts';
import { reportFailure } from './report-failure.ts';
import type { SignInCall } from './sign-in-call.ts';
import { SignInRefusal } from './sign-in-refusal.ts';
import type { TokenAnswer } from './token-endpoint.ts';

export interface SignedIn {
  readonly answer: TokenAnswer;
  /** The secrets that were accepted. */
  readonly secrets: PartnerSecrets;
}

/**
 * Signs in with the cached secrets. If they are refused, reads the vault again and tries once with the new ones, so that a rotated secret
 * needs no restart. Logs a failure and rejects with `OnboardingError`.
 */
export async function signInOnce(
  cache: PartnerSecretCache,
  options: ExchangeOptions,
  call: SignInCall,
): Promise<SignedIn> {
  const kept = await cache.read(call);
  try {
    return { answer: await exchange(kept, options, call), secrets: kept };
  } catch (error) {
    if (!(error instanceof SignInRefusal) || error.refusal.aboutSecrets === false) {
      throw reportFailure(error, kept, call);
    }
    const read = await cache.readAgain(call);
    if (areSameSecrets(kept, read)) throw reportFailure(error, kept, call);
    try {
      return { answer: await exchange(read, options, call), secrets: read };
    } catch (second) {
      throw reportFailure(second, read, call);
    }
  }
}
