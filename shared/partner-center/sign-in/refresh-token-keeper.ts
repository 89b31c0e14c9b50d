import type { Vault } from '../../key-vault/vault.ts';
import type { PartnerSecretCache } from './partner-secret-cache.ts';
import type { PartnerSecret, PartnerSecrets } from './partner-secret.ts';
import { isWriteBackDue, writeBack } from './refresh-token-store.ts';
import type { SignInCall } from './sign-in-call.ts';
import type { SignedIn } from './sign-in-once.ts';

type WithRefreshToken = PartnerSecrets & { refreshToken: PartnerSecret };

/** Writes rotated refresh tokens back to the partner vault, except empty or unchanged ones. */
export class RefreshTokenKeeper {
  readonly #vault: Vault;
  readonly #cache: PartnerSecretCache;
  readonly #writing = new Set<Promise<unknown>>();

  constructor(vault: Vault, cache: PartnerSecretCache) {
    this.#vault = vault;
    this.#cache = cache;
  }

  /** Stores the rotated token of a sign-in now; false if there is none. A failure is logged and rejects with `UpstreamError`. */
  async store({ answer, secrets }: SignedIn, call: SignInCall): Promise<boolean> {
    const { refreshToken } = secrets;
    const rotated = answer.refreshToken?.trim();
    if (!refreshToken || !rotated || rotated === refreshToken.value) return false;
    await this.#write(rotated, { ...secrets, refreshToken }, call);
    return true;
  }

  /** Stores the rotated token in the background if the stored one is at least a day old. */
  storeWhenDue(signedIn: SignedIn, call: SignInCall): void {
    const { refreshToken } = signedIn.secrets;
    if (!refreshToken || !isWriteBackDue(refreshToken) || this.#writing.size > 0) return;
    // The failure is logged already, and the token in the vault stays valid for weeks.
    this.store(signedIn, call).catch(() => undefined);
  }

  /** Resolves when all running writes have ended, whether they succeeded or not. */
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
