import { findCredentials } from '../../credentials/find-credentials.ts';
import { adminUserName } from '../../credentials/secret-names.ts';
import { firstVault, storePassword, storeUserName, type SecretOwner } from '../../credentials/store-credentials.ts';
import { explainRefusal } from '../../key-vault/explain-refusal.ts';
import { refusesWrite } from '../../key-vault/vault-call.ts';
import type { Vault } from '../../key-vault/vault.ts';
import { UpstreamError } from '../../network/upstream-error.ts';
import type { Attempt } from '../../record/row.ts';
import type { Context } from '../context.ts';
import type { Effects } from './effects.ts';
import type { Found, Knowledge, Stored } from './knowledge.ts';
import { part, shares } from './time-budget.ts';

/** Searches every vault for credentials of any attempt: a domain has only one tenant. */
export async function searchVaults(effects: Effects, { row }: Knowledge): Promise<Found> {
  const { context, userNames } = effects;
  const { services, base, deadline } = context;
  const requestIds = new Set(row?.attempts.map(({ requestId }) => requestId));
  const call = { log: context.log, deadline: part(deadline, 'look') };
  const onFailure = (vault: Vault, error: unknown): void => {
    noteFailure(effects, vault, error);
    const refusal = error instanceof UpstreamError ? explainRefusal(error.failure, 'list') : undefined;
    if (!(error instanceof UpstreamError) || !refusal) return;
    const { status, code } = error.failure;
    const { reason, remedy } = refusal;
    call.log('error', 'ConfigurationError', { vault: vault.name, status, code, reason, remedy });
  };
  const contents = await findCredentials(services.vaults, base, requestIds, call, onFailure);
  for (const { vault, userName } of contents) if (userName) userNames.set(vault.url, userName.version);
  const [newest] = contents
    .flatMap(({ vault, password, userName }) => (password ? [{ vault, password, userName }] : []))
    .sort((a, b) => b.password.created - a.password.created);
  const found = { everyVault: contents.length === services.vaults.length, userName: userNames.size > 0 };
  const { requestId = '', customerId } = newest?.password.tags ?? {};
  if (!newest || customerId === undefined) return found;
  const { vault, password, userName } = newest;
  const versions = { vault: vault.url, passwordVersion: password.version };
  const beside = userName ? { userNameVersion: userName.version } : {};
  return { ...found, stored: { ...versions, ...beside, requestId, customerId } };
}

/** Stores the default sign-in name in the first vault that accepts it, which proves that a vault accepts writes. May have been started in parallel with the row. */
export async function proveVault(effects: Effects, attempt: Attempt): Promise<boolean> {
  effects.storingUserName ??= beginUserName(effects, attempt);
  const stored = await effects.storingUserName;
  if (stored) effects.userNames.set(stored.vault, stored.version);
  return stored !== undefined;
}

/** Writes the user name to a vault. */
export function beginUserName(
  effects: Effects,
  attempt: Attempt,
): Promise<{ vault: string; version: string } | undefined> {
  const { context } = effects;
  const { services, domain, log, deadline } = context;
  const call = { log, deadline: part(deadline, 'userName') };
  const owner = ownerOf(context, attempt, attempt.createCorrelationId);
  return firstVault(services.vaults, call, async (vault) => ({
    vault: vault.url,
    version: await storeUserName(vault, owner, adminUserName(domain), call).catch((error: unknown) => {
      noteFailure(effects, vault, error);
      throw error;
    }),
  }));
}

/** Stores the held password in the first vault that accepts it, with the user name if that vault does not have it. */
export async function storeHeld(effects: Effects): Promise<Stored | undefined> {
  const { credentials, context, record, userNames } = effects;
  if (!credentials) return undefined;
  const { deadline, log, domain, services } = context;
  // Reserves time to record whether they are stored.
  const limited = deadline.keepingBack(deadline.share(0.04));
  const left = record.leaseLeft();
  const call = { log, deadline: left > 0 ? limited.within(left) : limited };
  const { owner, userName } = credentials;
  const usual = userName === adminUserName(domain);
  const write = async (vault: Vault): Promise<Stored> => {
    const known = usual ? userNames.get(vault.url) : undefined;
    const [password, name] = await Promise.allSettled([
      storePassword(vault, owner, credentials, call),
      known ?? storeUserName(vault, owner, userName, call),
    ]);
    if (password.status === 'rejected') throw password.reason;
    // Both belong in one vault: a vault that refuses the user name does not get the password.
    if (name.status === 'rejected' && refusesWrite(name.reason)) throw name.reason;
    const beside = name.status === 'fulfilled' ? { userNameVersion: name.value } : {};
    return { vault: vault.url, passwordVersion: password.value, ...beside };
  };
  const stored = await firstVault(services.vaults, call, write);
  if (stored) delete effects.credentials;
  return stored;
}

/** Stores the user name in the vault that has the password. */
export async function addUserName(
  { context }: Effects,
  attempt: Attempt,
  known: Knowledge,
): Promise<Stored | undefined> {
  const { stored, row, adminUserName: other = row?.adminUserName } = known;
  const vault = context.services.vaults.find(({ url }) => url === stored?.vault);
  if (!stored || !vault) return undefined;
  const owner = ownerOf(context, attempt, attempt.createCorrelationId);
  const call = { log: context.log, deadline: context.deadline.within(context.deadline.share(shares.userName)) };
  const name = other ?? adminUserName(context.domain);
  const userNameVersion = await storeUserName(vault, owner, name, call).catch(() => undefined);
  return userNameVersion === undefined ? undefined : { ...stored, userNameVersion };
}

/** Notes why a vault is unavailable; the longest `Retry-After` of the vaults becomes the caller's. */
function noteFailure(effects: Effects, vault: Vault, error: unknown): void {
  effects.vaultErrors.set(vault.url, error);
  const asked = error instanceof UpstreamError ? (error.failure.retryAfter ?? 0) : 0;
  effects.vaultWait = Math.max(effects.vaultWait ?? 0, asked);
}

/** The tags of an attempt's secrets; those of a reset name the call that reset the password. */
export function ownerOf(
  { domain, base, services }: Context,
  { requestId }: Attempt,
  correlationId: string,
): SecretOwner {
  const expiryDays = services.settings.credentialExpiryDays;
  return { domain, base, requestId, correlationId, expiryDays, doubtful: new Set() };
}
