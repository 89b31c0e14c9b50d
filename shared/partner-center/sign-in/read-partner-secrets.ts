import { OnboardingError } from '../../errors/onboarding-error.ts';
import { explainRefusal } from '../../key-vault/explain-refusal.ts';
import type { Vault } from '../../key-vault/vault.ts';
import type { LogFields } from '../../log/log.ts';
import { retry } from '../../network/retry.ts';
import { isTransient, UpstreamError } from '../../network/upstream-error.ts';
import type { Settings } from '../../settings/settings.ts';
import { ageInDays, findSecretFault } from './partner-secret.ts';
import type { PartnerSecret, PartnerSecretName, PartnerSecrets } from './partner-secret.ts';
import { secondsToWait } from './sign-in-refusal.ts';
import type { SignInCall } from './sign-in-call.ts';

const oldAfterDays = 60;

/** The name of the secret that holds the client credential; undefined for the managed identity. */
export function nameCredential(credential: Settings['partnerClientCredential']): PartnerSecretName | undefined {
  if (credential === 'secret') return 'partner-client-secret';
  return credential === 'certificate' ? 'partner-client-certificate' : undefined;
}

/**
 * Reads the partner secrets in parallel. Rejects with `ConfigurationError` if one is missing, forbidden or malformed (each of them is
 * logged), and with `VaultUnavailable` if the vault does not respond.
 */
export async function readPartnerSecrets(
  vault: Vault,
  names: { credential: PartnerSecretName | undefined; refreshToken: boolean },
  call: SignInCall,
): Promise<PartnerSecrets> {
  const results = await Promise.allSettled([
    readOne(vault, 'partner-tenant-id', call),
    readOne(vault, 'partner-client-id', call),
    names.credential ? readOne(vault, names.credential, call) : undefined,
    names.refreshToken ? readOne(vault, 'partner-refresh-token', call) : undefined,
  ]);
  const failures = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason as unknown);
  // Report a fault that an operator must correct before an outage: waiting would not fix it.
  const first = failures.find((error) => error instanceof OnboardingError && error.code === 'ConfigurationError');
  if (failures.length > 0) throw first ?? failures[0];
  const [tenantId, clientId, credential, refreshToken] = results.map((result) =>
    result.status === 'fulfilled' ? result.value : undefined,
  );
  if (refreshToken) warnOfAge(refreshToken, call);
  return { tenantId: tenantId!, clientId: clientId!, credential, refreshToken };
}

async function readOne(vault: Vault, name: PartnerSecretName, call: SignInCall): Promise<PartnerSecret> {
  const { log, deadline } = call;
  const fail = (fields: LogFields): OnboardingError => {
    log('error', 'ConfigurationError', { secret: name, vault: vault.name, ...fields });
    return new OnboardingError('ConfigurationError');
  };
  let secret: PartnerSecret;
  try {
    const attempt = () => vault.readSecret(name, { log, deadline: deadline.within(deadline.share(0.12)) });
    // Give up early enough for the calls that wait for the token to report the outage before their own deadlines.
    const patience = deadline.within(deadline.share(0.25));
    const { value, version, contentType, created } = await retry(attempt, {
      deadline: patience,
      operation: 'getSecret',
    });
    secret = { name, value: value.trim(), version, contentType, created };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const { code, reason: outcome } = error.failure;
    if (!isTransient(error)) throw fail({ ...explain(error), code });
    const reason = 'the partner vault cannot be read now';
    log('error', 'VaultUnavailable', { secret: name, vault: vault.name, reason, outcome });
    throw new OnboardingError('VaultUnavailable', { retryAfter: secondsToWait(error) });
  }
  const reason = findSecretFault(name, secret.value);
  if (reason !== undefined) throw fail({ reason, length: secret.value.length, ageDays: ageInDays(secret) });
  return secret;
}

/** A refresh token expires 90 days after its last renewal. The warning starts a month before. */
function warnOfAge(refreshToken: PartnerSecret, { log }: SignInCall): void {
  const ageDays = ageInDays(refreshToken);
  if (ageDays === undefined || ageDays <= oldAfterDays) return;
  const reason = 'The refresh token was not renewed for two months. Look at the runs of RenewRefreshToken.';
  log('error', 'RefreshTokenOld', { secret: refreshToken.name, ageDays, reason });
}

function explain({ failure }: UpstreamError): LogFields {
  if (failure.upstream === 'managed-identity') return { reason: 'the identity that opens the vault gave no token' };
  if (failure.status === 404) return { reason: 'is missing in the partner vault' };
  const { reason, remedy } = explainRefusal(failure, 'get') ?? { reason: `the vault answered ${failure.status}` };
  return { reason: `${failure.status === 403 ? 'may not' : 'cannot'} be read: ${reason}`, remedy };
}
