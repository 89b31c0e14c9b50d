import { OnboardingError } from '../../errors/onboarding-error.ts';
import type { Vault } from '../../key-vault/vault.ts';
import { backgroundLog, type Log } from '../../log/log.ts';
import { elapsedSince, now, type Moment } from '../../network/clock.ts';
import { beforeDeadline, Deadline } from '../../network/deadline.ts';
import type { RenewableCredential } from '../../network/renewable-credential.ts';
import { UpstreamError } from '../../network/upstream-error.ts';
import type { Settings } from '../../settings/settings.ts';
import { PartnerSecretCache } from './partner-secret-cache.ts';
import { nameCredential } from './read-partner-secrets.ts';
import { RefreshTokenKeeper } from './refresh-token-keeper.ts';
import { renewStoredToken } from './renew-refresh-token.ts';
import type { SignInCall } from './sign-in-call.ts';
import { secondsToWait } from './sign-in-refusal.ts';
import { signInOnce } from './sign-in-once.ts';

export type { SignInCall } from './sign-in-call.ts';

/** The partner's sign-in to Partner Center. Failures are `OnboardingError`; the reason is logged, never a secret value. */
export interface PartnerSignIn {
  /**
   * A Partner Center access token, cached until five minutes before it expires. Concurrent callers share one request. `rejected` is a token
   * that Partner Center answered with a plain 401: if it is the cached one, it is discarded and a new one fetched.
   */
  accessToken(call: SignInCall, options?: { rejected?: string }): Promise<string>;
  /** Reads the partner secrets from the vault without the cache, and so proves that they exist, are readable and are well formed. */
  readSecrets(call: SignInCall): Promise<void>;
  /** Starts to read the partner secrets that the first token needs. The call that needs the token reports a failure. */
  prepare(): void;
  /** App+User: exchanges the refresh token now and stores the rotated one. Does nothing in the app-only flow. */
  renewRefreshToken(call: SignInCall): Promise<void>;
  /** Resolves when no write of a refresh token is running. An instance waits for this before it stops. */
  pending(): Promise<void>;
}

export interface PartnerSignInOptions {
  readonly settings: Settings;
  readonly partnerVault: Vault;
  /** The managed identity, which can replace a client secret. */
  readonly identity: RenewableCredential;
}

/** The share of a call's time budget for the sign-in. If Entra asks to wait longer, the call fails immediately. */
export const signInShare = 0.75;

const renewBefore = 5 * 60_000;
const what = { upstream: 'entra', operation: 'getToken' } as const;

/** Creates the sign-in of the partner in the settings. Reads nothing until the first token is requested. */
export function createPartnerSignIn(options: PartnerSignInOptions): PartnerSignIn {
  const { settings, partnerVault: vault } = options;
  const withUser = settings.partnerAuthFlow === 'app+user';
  const credential = nameCredential(settings.partnerClientCredential);
  const cache = new PartnerSecretCache({
    vault,
    credential,
    refreshToken: withUser,
    lifetime: settings.partnerSecretCache,
  });
  const keeper = new RefreshTokenKeeper(vault, cache);
  let kept: { token: string; at: Moment; lifetime: number } | undefined;
  let running: Promise<string> | undefined;
  let wait: { since: Moment; milliseconds: number } | undefined;

  const fetchToken = async (call: SignInCall): Promise<string> => {
    const at = now();
    const signedIn = await signInOnce(cache, options, call);
    const { accessToken: token, lifetime } = signedIn.answer;
    kept = { token, at, lifetime };
    const background = { deadline: Deadline.after(settings.onboardingTimeout), log: backgroundLog };
    keeper.storeWhenDue(signedIn, background);
    return token;
  };

  const shareable = (log: Log): SignInCall => {
    wait = undefined;
    const whole = Deadline.after(settings.onboardingTimeout);
    return {
      deadline: whole.within(whole.share(signInShare)),
      log,
      onWait: (milliseconds) => (wait = { since: now(), milliseconds }),
    };
  };

  return {
    async accessToken(call, { rejected } = {}) {
      if (kept?.token === rejected) kept = undefined;
      if (kept && elapsedSince(kept.at) < kept.lifetime - renewBefore) return kept.token;
      // Other calls may share this request, so it has its own deadline.
      running ??= fetchToken(shareable(call.log)).finally(() => (running = undefined));
      const token = running;
      // The waiting call may time out before this promise rejects, and an unhandled rejection ends the process.
      token.catch(() => undefined);
      return beforeDeadline(call.deadline, what, () => token).catch((error: unknown) => {
        if (!(error instanceof UpstreamError)) throw error;
        const left = wait ? wait.milliseconds - elapsedSince(wait.since) : 0;
        const failure = left > 0 ? new UpstreamError({ ...error.failure, retryAfter: left }) : error;
        throw new OnboardingError('PartnerCenterError', { retryAfter: secondsToWait(failure) });
      });
    },

    async readSecrets(call) {
      await cache.readAgain(call);
      kept = undefined;
    },

    prepare() {
      cache.read(shareable(backgroundLog)).catch(() => undefined);
    },

    async renewRefreshToken(call) {
      if (withUser) await renewStoredToken({ cache, keeper, options }, call);
      else call.log('info', 'RefreshTokenNotUsed');
    },

    pending: () => keeper.pending(),
  };
}
