import { inSeconds } from '../../network/retry-after.ts';
import type { UpstreamError } from '../../network/upstream-error.ts';
import type { PartnerSecretName } from './partner-secret.ts';

/** The cause of a refused sign-in: a wrong setting or secret, or a consent that a person must repeat. */
export type RefusalKind = 'ConfigurationError' | 'PartnerAuthenticationFailed';

export interface Refusal {
  readonly kind: RefusalKind;
  /** Our own sentence: what is wrong and what to do. */
  readonly reason: string;
  /** The code from Entra (`AADSTS7000215`) or OAuth (`invalid_client`). */
  readonly code?: string | undefined;
  /** The secret to check first. */
  readonly secret?: PartnerSecretName | 'credential' | undefined;
  /** The claim of the access token that is wrong. */
  readonly claim?: 'aud' | 'amr' | undefined;
  /** True if the refusal may be transient. */
  readonly passing?: boolean | undefined;
  /** False if other secrets would not help. */
  readonly aboutSecrets?: boolean | undefined;
}

/** A sign-in that was refused by Entra or by our own check of the token. Of the request and the response it contains only the code. */
export class SignInRefusal extends Error {
  override readonly name = 'SignInRefusal';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}

/** Whole seconds to wait after an outage before the next attempt: the service's Retry-After, otherwise 30; an hour at most. */
export function secondsToWait(error: UpstreamError): number {
  return inSeconds(error.failure.retryAfter ?? 30_000);
}
