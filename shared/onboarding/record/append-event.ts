import type { Vault } from '../../key-vault/vault.ts';
import { refusesWrite, type VaultCall } from '../../key-vault/vault-call.ts';
import { storeOnce } from '../../key-vault/store-once.ts';
import { OnboardingError } from '../../errors/onboarding-error.ts';
import { retryAsAsked } from '../retry-soon.ts';
import { toTags, type RecordEvent, type resetRefused } from './events.ts';
import { recordName } from './read-record.ts';

/**
 * Adds an event to the record, in the first vault that takes it; repeating one adds nothing to what the record says. Throws
 * `VaultUnavailable` when no vault takes it.
 */
export async function appendEvent(
  vaults: readonly Vault[],
  base: string,
  event: RecordEvent,
  call: VaultCall,
): Promise<void> {
  const secret = {
    name: recordName(base),
    value: 'The record of an onboarding: its state is in the tags of all versions. Nothing here is secret.',
    contentType: 'application/vnd.csp-onboarding.record',
    tags: toTags(event),
  };
  const failures: unknown[] = [];
  for (const vault of vaults) {
    const deadline = call.deadline.within(call.deadline.share(0.1));
    try {
      await storeOnce(vault, secret, { ...call, deadline });
      return;
    } catch (error) {
      failures.push(error);
      if (refusesWrite(error)) logRefusedWrite(vault, error.failure.status, call);
    }
  }
  throw new OnboardingError('VaultUnavailable', { retryAfter: retryAsAsked(failures, call.deadline) });
}

/** Nothing of this owner is in flight any more: the next call need not wait for the lease. Best effort, for the lease ends anyway. */
export async function releaseLease(
  run: VaultCall & { readonly vaults: readonly Vault[]; readonly base: string },
  { attempt, requestId, owner }: { attempt: number; requestId: string; owner: string },
  code?: typeof resetRefused,
): Promise<void> {
  const event = { event: 'Released', attempt, requestId, owner, ...(code === undefined ? {} : { code }) } as const;
  await appendEvent(run.vaults, run.base, event, run).catch(() => undefined);
}

/** A vault that answers 403 or 409 to a write needs an operator: the line says what to do. */
export function logRefusedWrite(vault: Vault, status: number | undefined, { log }: VaultCall): void {
  log('error', 'VaultRefusedWrite', {
    vault: vault.name,
    reason: status === 409 ? 'a deleted secret holds the name' : 'no permission to set secrets',
    remedy:
      status === 409 ? 'recover or purge the deleted secret' : 'assign the writer role to the identity of the app',
  });
}
