import { storeOnce, type DoubtfulWrites } from '../../key-vault/store-once.ts';
import type { SecretToStore, StoredSecret, Vault } from '../../key-vault/vault.ts';
import { refusesWrite, type VaultCall } from '../../key-vault/vault-call.ts';
import { sleep } from '../../network/clock.ts';
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
  /** Under whose claim the password is stored before it is set: not to be believed until the record names it. */
  readonly pending?: string;
  readonly expiryDays: number | undefined;
  /** What was sent already and not answered. */
  readonly doubtful: DoubtfulWrites;
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
  const { password: name } = credentialNames(credentials.base);
  const contentType = 'text/plain; password of the first administrator';
  const [userName, password] = await Promise.allSettled([
    storeUserName(vault, credentials, call),
    store(vault, credentials, { name, value: credentials.password, contentType }, call),
  ]);
  if (userName.status === 'rejected') throw userName.reason;
  if (password.status === 'rejected') throw password.reason;
  return { vault: vault.url, userName: userName.value, password: password.value };
}

/** Stores the sign-in name beside a password. */
export function storeUserName(
  vault: Vault,
  credentials: Omit<Credentials, 'password'>,
  call: VaultCall,
): Promise<StoredSecret> {
  const { userName: name } = credentialNames(credentials.base);
  const contentType = 'text/plain; sign-in name of the first administrator';
  return store(vault, credentials, { name, value: credentials.userName, contentType }, call);
}

function store(
  vault: Vault,
  { customerId, domain, correlationId, requestId, pending, expiryDays, doubtful }: Omit<Credentials, 'password'>,
  secret: Pick<SecretToStore, 'name' | 'value' | 'contentType'>,
  call: VaultCall,
): Promise<StoredSecret> {
  const tags = { customerId, domain, correlationId, requestId, ...(pending === undefined ? {} : { pending }) };
  const expiresOn = expiryDays === undefined ? undefined : new Date(Date.now() + expiryDays * 24 * 60 * 60_000);
  const deadline = call.deadline.within(call.deadline.share(0.07));
  return storeOnce(vault, { ...secret, tags, expiresOn }, { ...call, deadline }, doubtful);
}
