import type { VaultCall } from '../key-vault/vault-call.ts';
import type { SecretVersion, Vault } from '../key-vault/vault.ts';
import { retry } from '../network/retry.ts';
import { secretNames } from './secret-names.ts';

/** The credentials of a domain in one vault; values are never read. */
export interface VaultContent {
  readonly vault: Vault;
  /** The newest version of each that is tagged with one of the request IDs. */
  readonly password: SecretVersion | undefined;
  readonly userName: SecretVersion | undefined;
}

/** Finds credentials stored for any of these request IDs, by the tags of their versions, in every vault that can be read. */
export async function findCredentials(
  vaults: readonly Vault[],
  base: string,
  requestIds: ReadonlySet<string>,
  call: VaultCall,
  onFailure: (vault: Vault, error: unknown) => void = () => undefined,
): Promise<readonly VaultContent[]> {
  const names = secretNames(base);
  const youngest = async (vault: Vault, name: string, of: ReadonlySet<string>): Promise<SecretVersion | undefined> => {
    const { versions } = await retry(() => vault.listVersions(name, call), { ...call, operation: 'listVersions' });
    return versions.filter(({ tags }) => of.has(tags['requestId'] ?? '')).sort((a, b) => b.created - a.created)[0];
  };
  const searches = await Promise.allSettled(
    vaults.map(async (vault): Promise<VaultContent> => {
      const reading = [
        youngest(vault, names.password, requestIds),
        youngest(vault, names.userName, requestIds),
      ] as const;
      const [password, userName] = await Promise.all(reading).catch((error: unknown) => {
        onFailure(vault, error);
        throw error;
      });
      return { vault, password, userName };
    }),
  );
  return searches.flatMap((search) => (search.status === 'fulfilled' ? [search.value] : []));
}
