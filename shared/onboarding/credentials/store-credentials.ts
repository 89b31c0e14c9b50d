import type { StoredSecret, Vault } from '../../key-vault/vault.ts';
import { refusesWrite, type VaultCall } from '../../key-vault/vault-call.ts';
import { sleep } from '../../network/clock.ts';
import { retry } from '../../network/retry.ts';
import { logRefusedWrite } from '../record/append-event.ts';

/** A new administrator's credentials and what their secrets are tagged with. */
export interface Credentials {
  readonly domain: string;
  readonly base: string;
  readonly userName: string;
  readonly password: string;
  readonly customerId: string;
  readonly requestId: string;
  readonly correlationId: string;
  /** A password that was stored before it was set: not to be believed until the record names it. */
  readonly pending?: boolean;
  readonly expiryDays: number | undefined;
}

/** Where credentials are: both in the same vault. */
export interface StoredCredentials {
  readonly vault: string;
  readonly userName: StoredSecret;
  readonly password: StoredSecret;
}

/** Names of the two secrets of a domain. */
export function credentialNames(base: string): { userName: string; password: string } {
  return { userName: `${base}-admin-username`, password: `${base}-admin-password` };
}

/** Stores both credentials in the first vault that takes both, going round the vaults until the deadline; undefined when none did. */
export async function storeCredentials(
  vaults: readonly Vault[],
  credentials: Credentials,
  call: VaultCall,
): Promise<StoredCredentials | undefined> {
  for (let round = 0; ; round++) {
    let refusals = 0;
    for (const vault of vaults) {
      try {
        return await storeIn(vault, credentials, call);
      } catch (error) {
        if (!refusesWrite(error)) continue;
        refusals += 1;
        if (round === 0) logRefusedWrite(vault, error.failure.status, call);
      }
    }
    const wait = call.deadline.share(0.01) * Math.min(2 ** round, 5);
    if (refusals === vaults.length || wait >= call.deadline.remaining()) return undefined;
    await sleep(wait);
  }
}

async function storeIn(vault: Vault, credentials: Credentials, call: VaultCall): Promise<StoredCredentials> {
  const { base, customerId, domain, correlationId, requestId, pending, expiryDays } = credentials;
  const names = credentialNames(base);
  const tags = { customerId, domain, correlationId, requestId, ...(pending ? { pending: 'true' } : {}) };
  const expiresOn = expiryDays === undefined ? undefined : new Date(Date.now() + expiryDays * 24 * 60 * 60_000);
  const deadline = call.deadline.within(call.deadline.share(0.07));
  const store = (name: string, value: string, contentType: string): Promise<StoredSecret> =>
    retry(() => vault.storeSecret({ name, value, contentType, tags, expiresOn }, { ...call, deadline }), { deadline });
  const [userName, password] = await Promise.allSettled([
    store(names.userName, credentials.userName, 'text/plain; sign-in name of the first administrator'),
    store(names.password, credentials.password, 'text/plain; password of the first administrator'),
  ]);
  if (userName.status === 'rejected') throw userName.reason;
  if (password.status === 'rejected') throw password.reason;
  return { vault: vault.url, userName: userName.value, password: password.value };
}
