import { inSeconds } from '../../network/retry-after.ts';
import type { UpstreamError } from '../../network/upstream-error.ts';
import type { PartnerSecretName } from './partner-secret.ts';

/** Whom a refused sign-in concerns: a setting or secret is wrong, or a person has to consent again. */
export type RefusalKind = 'ConfigurationError' | 'PartnerAuthenticationFailed';

export interface Refusal {
  readonly kind: RefusalKind;
  /** A sentence of our own that says what is wrong and what to do. */
  readonly reason: string;
  /** The code of Entra (`AADSTS7000215`) or of OAuth (`invalid_client`). */
  readonly code?: string | undefined;
  /** The secret to look at first. */
  readonly secret?: PartnerSecretName | 'credential' | undefined;
  /** The claim of the access token that is wrong. */
  readonly claim?: 'aud' | 'amr' | undefined;
  /** True where it may pass a moment later. */
  readonly passing?: boolean | undefined;
  /** False where other secrets could not help. */
  readonly aboutSecrets?: boolean | undefined;
}

/** A sign-in that was refused, by Entra or by our own look at the token; holds nothing that was sent or answered but the code. */
export class SignInRefusal extends Error {
  override readonly name = 'SignInRefusal';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}

/** Whole seconds until another attempt makes sense after an outage: what the service asked for, else 30; an hour at most. */
export function secondsToWait(error: UpstreamError): number {
  return inSeconds(error.failure.retryAfter ?? 30_000);
}
