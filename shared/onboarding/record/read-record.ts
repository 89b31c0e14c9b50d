import type { Vault } from '../../key-vault/vault.ts';
import type { VaultCall } from '../../key-vault/vault-call.ts';
import { OnboardingError } from '../../errors/onboarding-error.ts';
import { retry } from '../../network/retry.ts';
import { isTransient, UpstreamError } from '../../network/upstream-error.ts';
import { retryAsAsked } from '../retry-soon.ts';
import { fromTags } from './events.ts';
import { foldEvents, type OnboardingRecord } from './fold.ts';

/**
 * Reads the record of a domain from every vault side by side. A vault that cannot be read makes it less than whole; when none can be
 * read, `VaultUnavailable`; an identity that gets no token at all stays an `UpstreamError`.
 */
export async function readRecord(vaults: readonly Vault[], base: string, call: VaultCall): Promise<OnboardingRecord> {
  const deadline = call.deadline.within(call.deadline.share(0.2));
  const lists = await Promise.allSettled(
    vaults.map((vault) => retry(() => vault.listVersions(recordName(base), { ...call, deadline }), { deadline })),
  );
  const events = lists.flatMap((list, index) => {
    const vault = vaults[index];
    if (list.status === 'rejected' || !vault) return [];
    const { versions, vaultTime } = list.value;
    return versions.flatMap((version) => fromTags(version, { vaultTime, in: vault.name }) ?? []);
  });
  const failures = lists.flatMap((list) => (list.status === 'rejected' ? [list.reason as unknown] : []));
  if (failures.length === vaults.length) {
    // An identity that is not there is a matter for an operator: waiting would not help.
    const denied = failures.find(
      (error) => error instanceof UpstreamError && error.failure.upstream === 'managed-identity' && !isTransient(error),
    );
    throw denied ?? new OnboardingError('VaultUnavailable', { retryAfter: retryAsAsked(failures, call.deadline) });
  }
  return foldEvents(events, failures.length === 0);
}

/** The secret that holds the record of a domain. */
export function recordName(base: string): string {
  return `${base}-onboarding`;
}
