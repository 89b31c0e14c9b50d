import type { Vault } from '../../key-vault/vault.ts';
import type { PartnerSecretCache } from './partner-secret-cache.ts';
import type { PartnerSecret, PartnerSecrets } from './partner-secret.ts';
import { isWriteBackDue, writeBack } from './refresh-token-store.ts';
import type { SignInCall } from './sign-in-call.ts';
import type { SignedIn } from './sign-in-once.ts';

type WithRefreshToken = PartnerSecrets & { refreshToken: PartnerSecret };

/** Carries rotated refresh tokens back into the partner vault: never an empty one, never one that did not change. */
export class RefreshTokenKeeper {
  readonly #vault: Vault;
  readonly #cache: PartnerSecretCache;
  readonly #writing = new Set<Promise<unknown>>();

  constructor(vault: Vault, cache: PartnerSecretCache) {
    this.#vault = vault;
    this.#cache = cache;
  }

  /** Stores the rotated token of a sign-in now; false when it brought none. Rejects with `UpstreamError`, after a log line. */
  async store({ answer, secrets }: SignedIn, call: SignInCall): Promise<boolean> {
    const { refreshToken } = secrets;
    const rotated = answer.refreshToken?.trim();
    if (!refreshToken || !rotated || rotated === refreshToken.value) return false;
    await this.#write(rotated, { ...secrets, refreshToken }, call);
    return true;
  }

  /** The same when the stored token is a day old, without anyone waiting for it. */
  storeWhenDue(signedIn: SignedIn, call: SignInCall): void {
    const { refreshToken } = signedIn.secrets;
    if (!refreshToken || !isWriteBackDue(refreshToken) || this.#writing.size > 0) return;
    // A failure is in the log, and the token in the vault is good for weeks.
    this.store(signedIn, call).catch(() => undefined);
  }

  /** Resolves when every write under way has ended, well or not. */
  async pending(): Promise<void> {
    await Promise.allSettled(this.#writing);
  }

  async #write(rotated: string, secrets: WithRefreshToken, call: SignInCall): Promise<void> {
    const writing = writeBack(this.#vault, rotated, secrets, call);
    this.#writing.add(writing);
    try {
      this.#cache.replaceRefreshToken(secrets.refreshToken, await writing);
    } finally {
      this.#writing.delete(writing);
    }
  }
}
