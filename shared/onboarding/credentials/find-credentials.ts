import type { SecretVersion, Vault } from '../../key-vault/vault.ts';

import { retry } from '../../network/retry.ts';
import type { OnboardingRecord } from '../record/fold.ts';
import type { DomainRun } from '../run.ts';
import { credentialNames, type StoredCredentials } from './store-credentials.ts';

export interface FoundCredentials {
  /** False when a vault could not be read: then "not found" means nothing. */
  readonly whole: boolean;
  readonly stored: (StoredCredentials & { readonly customerId: string }) | undefined;
  /** A password without its user name, where nothing whole is stored: its writer ended in between. */
  readonly passwordAlone: { readonly vault: Vault; readonly password: SecretVersion } | undefined;
  /** A reset of the password has begun: no older password may be believed. */
  readonly resetBegan: boolean;
  /** The customer that the begun reset is about. */
  readonly customerId: string | undefined;
}

/** Finds credentials that were stored for a request id, by the tags of their versions: values are never read. */
export async function findCredentials(
  run: DomainRun,
  requestId: string,
  { resetsRefused }: Pick<OnboardingRecord, 'resetsRefused'>,
): Promise<FoundCredentials> {
  const { vaults } = run;
  const deadline = run.deadline.within(run.deadline.share(0.2));
  const names = credentialNames(run.base);
  const versionsOf = async (vault: Vault, name: string): Promise<SecretVersion[]> => {
    const { versions } = await retry(() => vault.listVersions(name, { ...run, deadline }), { deadline });
    return versions.filter(({ tags }) => tags['requestId'] === requestId).sort((a, b) => b.created - a.created);
  };
  const searches = await Promise.allSettled(
    vaults.map(async (vault) => {
      const [userNames, passwords] = await Promise.all([
        versionsOf(vault, names.userName),
        versionsOf(vault, names.password),
      ]);
      return { vault, userNames, passwords };
    }),
  );
  const found = searches.flatMap((search) => (search.status === 'fulfilled' ? [search.value] : []));
  const settled = ({ tags }: SecretVersion): boolean => tags['pending'] === undefined;
  const stored = found.flatMap(({ vault, userNames, passwords }) => {
    const userName = userNames.find(settled);
    const password = passwords.find(settled);
    const customerId = password?.tags['customerId'];
    return userName && password && customerId ? [{ vault: vault.url, userName, password, customerId }] : [];
  });
  const alone = found.flatMap(({ vault, passwords }) => {
    const password = passwords.find(settled);
    return password ? [{ vault, password }] : [];
  });
  const pending = found
    .flatMap(({ passwords }) => passwords)
    .find((version) => !settled(version) && !resetsRefused.has(version.tags['pending'] ?? ''));
  return {
    whole: found.length === vaults.length,
    stored: stored[0],
    passwordAlone: stored.length > 0 ? undefined : alone[0],
    resetBegan: pending !== undefined,
    customerId: pending?.tags['customerId'],
  };
}
