import type { Vault } from '../../key-vault/vault.ts';
import { elapsedSince, now, type Moment } from '../../network/clock.ts';
import type { PartnerSecret, PartnerSecretName, PartnerSecrets } from './partner-secret.ts';
import { readPartnerSecrets } from './read-partner-secrets.ts';
import type { SignInCall } from './sign-in-call.ts';

export interface PartnerSecretCacheOptions {
  readonly vault: Vault;
  readonly credential: PartnerSecretName | undefined;
  readonly refreshToken: boolean;
  /** Milliseconds for which the secrets stay cached. */
  readonly lifetime: number;
}

/** Caches the partner secrets. Concurrent callers share one read of the vault. */
export class PartnerSecretCache {
  readonly #options: PartnerSecretCacheOptions;
  #kept: { secrets: PartnerSecrets; at: Moment } | undefined;
  #running: Promise<PartnerSecrets> | undefined;

  constructor(options: PartnerSecretCacheOptions) {
    this.#options = options;
  }

  async read(call: SignInCall): Promise<PartnerSecrets> {
    if (this.#kept && elapsedSince(this.#kept.at) < this.#options.lifetime) return this.#kept.secrets;
    this.#running ??= this.#readVault(call).finally(() => (this.#running = undefined));
    return this.#running;
  }

  /** Reads the vault again and ignores the cache. */
  readAgain(call: SignInCall): Promise<PartnerSecrets> {
    this.#kept = undefined;
    return this.read(call);
  }

  /** Replaces the cached refresh token with its successor that was just stored. */
  replaceRefreshToken(old: PartnerSecret, stored: PartnerSecret): void {
    if (this.#kept?.secrets.refreshToken?.version !== old.version) return;
    this.#kept = { ...this.#kept, secrets: { ...this.#kept.secrets, refreshToken: stored } };
  }

  async #readVault(call: SignInCall): Promise<PartnerSecrets> {
    const at = now();
    const secrets = await readPartnerSecrets(this.#options.vault, this.#options, call);
    this.#kept = { secrets, at };
    return secrets;
  }
}
