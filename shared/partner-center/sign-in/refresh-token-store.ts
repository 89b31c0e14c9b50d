import { explainRefusal } from '../../key-vault/explain-refusal.ts';
import type { Vault } from '../../key-vault/vault.ts';
import type { Log } from '../../log/log.ts';
import { retry } from '../../network/retry.ts';
import { UpstreamError } from '../../network/upstream-error.ts';
import type { PartnerSecret, PartnerSecrets } from './partner-secret.ts';
import type { SignInCall } from './sign-in-call.ts';

const day = 86_400_000;
/** Days for which Entra accepts an unused refresh token. */
const refreshTokenDays = 90;

/** Who wrote a refresh token to the vault: the renewal function, or a person who consented. */
export type RefreshTokenWriter = 'renewal' | 'consent';

/**
 * Stores a refresh token in the partner vault. The secret expires when the token does, so that Key Vault sends its expiry notifications.
 * Rejects with `UpstreamError`.
 */
export async function storeRefreshToken(
  vault: Vault,
  token: { value: string; tenantId: string; clientId: string; writtenBy: RefreshTokenWriter },
  call: SignInCall,
): Promise<PartnerSecret> {
  const name = 'partner-refresh-token';
  const { value, ...tags } = token;
  const contentType = 'Refresh token of the partner sign-in';
  const expiresOn = new Date(Date.now() + refreshTokenDays * day);
  const attempt = () => vault.storeSecret({ name, value, contentType, tags, expiresOn }, call);
  const { version } = await retry(attempt, { deadline: call.deadline, operation: 'setSecret' });
  return { name, value, version, contentType, created: Date.now() };
}

/** True if the stored refresh token is at least a day old. Storing every rotated token would only add secret versions. */
export function isWriteBackDue(stored: PartnerSecret): boolean {
  return stored.created === undefined || Date.now() - stored.created >= day;
}

/**
 * Writes a rotated refresh token back, unless another one was stored since the exchange: a new consent takes precedence. Resolves to the
 * token now in the vault. A failure is logged and rejects.
 */
export async function writeBack(
  vault: Vault,
  rotated: string,
  secrets: PartnerSecrets & { refreshToken: PartnerSecret },
  call: SignInCall,
): Promise<PartnerSecret> {
  const { tenantId, clientId, refreshToken: used } = secrets;
  try {
    const current = await retry(() => vault.readSecret(used.name, call), {
      deadline: call.deadline,
      operation: 'getSecret',
    });
    if (current.version !== used.version) {
      const { version, contentType, created } = current;
      return { name: used.name, value: current.value.trim(), version, contentType, created };
    }
    const token = { value: rotated, tenantId: tenantId.value, clientId: clientId.value, writtenBy: 'renewal' } as const;
    const stored = await storeRefreshToken(vault, token, call);
    call.log('info', 'RefreshTokenStored', { secret: stored.name, version: stored.version });
    return stored;
  } catch (error) {
    logNotStored(call.log, error);
    throw error;
  }
}

function logNotStored(log: Log, error: unknown): void {
  const failure = error instanceof UpstreamError ? error.failure : undefined;
  const { status, code, reason, operation } = failure ?? {};
  const refusal = failure && explainRefusal(failure, operation === 'setSecret' ? 'set' : 'get');
  log('error', 'RefreshTokenNotStored', {
    secret: 'partner-refresh-token',
    vault: 'partner',
    status,
    code,
    outcome: reason ?? 'unexpected',
    reason: `The new refresh token could not be written${refusal ? ` (${refusal.reason})` : ''}; the one in the vault stays in use until it expires.`,
    remedy: refusal?.remedy,
  });
}
