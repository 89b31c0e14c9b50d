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

/** How the partner signs in to Partner Center. Failures are `OnboardingError`; the log says why, never with a value. */
export interface PartnerSignIn {
  /**
   * A Partner Center access token, from the cache while it has more than five minutes left; one request however many callers wait.
   * `rejected`: a token that Partner Center answered with a plain 401; if it is the cached one it is dropped and one new one fetched.
   */
  accessToken(call: SignInCall, options?: { rejected?: string }): Promise<string>;
  /** Reads the partner secrets from the vault now, whatever is kept: proves that they are there, readable and well formed. */
  readSecrets(call: SignInCall): Promise<void>;
  /** Begins to read the partner secrets, which the first token needs; a failure is reported by the call that needs that token. */
  prepare(): void;
  /** App+User: exchanges the refresh token now and writes the rotated one back. Does nothing in the app-only flow. */
  renewRefreshToken(call: SignInCall): Promise<void>;
  /** Resolves when no write of a refresh token is running: an instance waits for it before it stops. */
  pending(): Promise<void>;
}

export interface PartnerSignInOptions {
  readonly settings: Settings;
  readonly partnerVault: Vault;
  /** The managed identity, which may stand in for a client secret. */
  readonly identity: RenewableCredential;
}

/** What a call may spend of its time on signing in, so that a wait of Entra's that is longer fails at once. */
export const signInShare = 0.75;

const renewBefore = 5 * 60_000;
const what = { upstream: 'entra', operation: 'getToken' } as const;

/** Creates the sign-in of the one partner that the settings name; nothing is read before the first token is asked for. */
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
      // Others may wait for the same token, so the request has a time of its own.
      running ??= fetchToken(shareable(call.log)).finally(() => (running = undefined));
      const token = running;
      // The waiting call may time out before this fails, and an unhandled rejection ends the process.
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
