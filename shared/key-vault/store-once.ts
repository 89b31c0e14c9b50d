import { retry } from '../network/retry.ts';
import { isTransient } from '../network/upstream-error.ts';
import type { VaultCall } from './vault-call.ts';
import type { SecretToStore, StoredSecret, Vault } from './vault.ts';

/** Unanswered writes that may have taken effect, as vault name and secret name. */
export type DoubtfulWrites = Set<string>;

/**
 * Stores a secret, with retries until the deadline. After a lost response it first looks for the version by its tags: a blind retry would add
 * one more version each time, and a backup fails above 500 ("Azure Key Vault backup").
 */
export function storeOnce(
  vault: Vault,
  secret: SecretToStore & { readonly tags: Readonly<Record<string, string>> },
  call: VaultCall,
  doubtful: DoubtfulWrites = new Set(),
): Promise<StoredSecret> {
  const { deadline } = call;
  const write = `${vault.name} ${secret.name}`;
  return retry(
    async () => {
      const written = doubtful.has(write) ? await findWritten(vault, secret, call) : undefined;
      if (written) return written;
      try {
        return await vault.storeSecret(secret, call);
      } catch (error) {
        if (isTransient(error) && error.failure.status !== 429) doubtful.add(write);
        throw error;
      }
    },
    { deadline, operation: 'setSecret' },
  );
}

/** The version with exactly these tags. Also undefined if the vault cannot be read now: storing has priority. */
async function findWritten(
  vault: Vault,
  { name, tags }: Pick<SecretToStore, 'name'> & { readonly tags: Readonly<Record<string, string>> },
  call: VaultCall,
): Promise<StoredSecret | undefined> {
  const deadline = call.deadline.within(call.deadline.share(0.02));
  const list = await vault.listVersions(name, { ...call, deadline }).catch(() => undefined);
  const wanted = Object.entries(tags);
  return list?.versions.find(
    (version) =>
      Object.keys(version.tags).length === wanted.length && wanted.every(([tag, value]) => version.tags[tag] === value),
  );
}
