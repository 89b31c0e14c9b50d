import { explainRefusal, type VaultRefusal } from '../key-vault/explain-refusal.ts';
import { storeOnce, type DoubtfulWrites } from '../key-vault/store-once.ts';
import { refusesWrite, type VaultCall } from '../key-vault/vault-call.ts';
import type { Vault } from '../key-vault/vault.ts';
import { sleep } from '../network/clock.ts';
import type { UpstreamFailure } from '../network/upstream-error.ts';
import { secretNames } from './secret-names.ts';

/** Tags and options of the secrets of one create. */
export interface SecretOwner {
  readonly domain: string;
  readonly base: string;
  readonly requestId: string;
  readonly correlationId: string;
  readonly expiryDays: number | undefined;
  /** Unanswered writes. */
  readonly doubtful: DoubtfulWrites;
}

/** The share of a call that one vault gets for one secret before the next vault is tried: 7 %. */
const patience = 0.07;

/** Stores the sign-in name in this vault; returns the version. */
export async function storeUserName(
  vault: Vault,
  owner: SecretOwner,
  userName: string,
  call: VaultCall,
): Promise<string> {
  const contentType = 'text/plain; sign-in name of the first administrator';
  const secret = { name: secretNames(owner.base).userName, value: userName, contentType };
  return store(vault, owner, secret, {}, call);
}

/** Stores the password in this vault; returns the version. */
export async function storePassword(
  vault: Vault,
  owner: SecretOwner,
  { password, customerId }: { readonly password: string; readonly customerId: string },
  call: VaultCall,
): Promise<string> {
  const contentType = 'text/plain; password of the first administrator';
  const secret = { name: secretNames(owner.base).password, value: password, contentType };
  return store(vault, owner, secret, { customerId }, call);
}

async function store(
  vault: Vault,
  { domain, requestId, correlationId, expiryDays, doubtful }: SecretOwner,
  secret: { readonly name: string; readonly value: string; readonly contentType: string },
  more: Readonly<Record<string, string>>,
  call: VaultCall,
): Promise<string> {
  const tags = { domain, correlationId, requestId, ...more };
  const expiresOn = expiryDays === undefined ? undefined : new Date(Date.now() + expiryDays * 24 * 60 * 60_000);
  const deadline = call.deadline.within(call.deadline.share(patience));
  const { version } = await storeOnce(vault, { ...secret, tags, expiresOn }, { ...call, deadline }, doubtful);
  return version;
}

/**
 * Tries a write on the vaults in their order, in rounds until the deadline; undefined if no vault accepted it, or all refused it. A log
 * line says what to do about a vault that returns 401, 403 or 409, at error level if an operator must act.
 */
export async function firstVault<T>(
  vaults: readonly Vault[],
  call: VaultCall,
  write: (vault: Vault) => Promise<T>,
): Promise<T | undefined> {
  const told = new Set<string>();
  for (let round = 0; ; round++) {
    let refusals = 0;
    for (const vault of vaults) {
      try {
        return await write(vault);
      } catch (error) {
        if (!refusesWrite(error)) continue;
        const refusal = explainRefusal(error.failure, 'set');
        if (!refusal?.passes) refusals += 1;
        const first = `${vault.name} ${refusal?.reason}`;
        if (refusal && !told.has(first)) logRefusedWrite(vault, error.failure, refusal, call);
        told.add(first);
      }
    }
    const wait = call.deadline.share(0.01) * Math.min(2 ** round, 5);
    if (refusals === vaults.length || wait >= call.deadline.remaining()) return undefined;
    await sleep(wait);
  }
}

function logRefusedWrite(
  { name: vault }: Vault,
  { status, code }: UpstreamFailure,
  { reason, remedy, passes }: VaultRefusal,
  { log }: VaultCall,
): void {
  const fields = { vault, status, code, reason, remedy };
  // With a 401 the identity or the address is wrong, whatever is written.
  if (status === 401) log('error', 'ConfigurationError', fields);
  else if (passes) log('warn', 'VaultWriteDelayed', fields);
  else log('error', 'VaultRefusedWrite', fields);
}
