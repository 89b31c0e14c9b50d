import { OnboardingError } from '../errors/onboarding-error.ts';
import { explainRefusal } from '../key-vault/explain-refusal.ts';
import type { VaultCall } from '../key-vault/vault-call.ts';
import type { Vault } from '../key-vault/vault.ts';
import { retry } from '../network/retry.ts';
import { UpstreamError } from '../network/upstream-error.ts';
import { probeDomain } from '../partner-center/probe-domain.ts';
import type { ConnectionAnswer } from '../schema/answer-types.ts';
import { DomainRecord } from '../record/domain-record.ts';
import type { Caller } from './context.ts';
import { toOnboardingError } from './to-onboarding-error.ts';
import type { Services } from './services.ts';

export type ConnectionCheck = ConnectionAnswer['checks'][number];

/**
 * Proves settings, vault access and a Partner Center token; creates nothing. Rejects with the error of the first check that failed, all
 * failed ones in its details; what is wrong with them is in the log alone.
 */
export async function testConnection(services: Services, { log, deadline }: Caller): Promise<ConnectionCheck[]> {
  const { settings, partner, vaults, table } = services;
  // Two fifths of a call, and of the scale of a whole one: a single read has as long as it has there.
  const call = { deadline: deadline.within(deadline.share(0.4)), log };
  // Like every read of a vault it may be repeated, and must still end in time.
  const short = { ...call, deadline: deadline.within(deadline.share(0.3)) };
  const probed = `contoso${settings.customerDomainSuffix}`;
  // With secrets just read and a token just issued: what is kept proves nothing about what the vault holds now.
  const secrets = partner.signIn.readSecrets(call);
  const signedIn = secrets.then(() => probeDomain(partner, probed, call));
  const checks: [ConnectionCheck['name'], Promise<unknown>][] = [
    ['settings', Promise.resolve()],
    ['partnerVault', secrets],
    ...vaults.map((vault): [ConnectionCheck['name'], Promise<unknown>] => [
      `${vault.name}Vault`,
      readVault(vault, short),
    ]),
    ['recordStore', new DomainRecord(table, probed).read(short)],
    ['partnerCenter', signedIn],
  ];
  const results = await Promise.allSettled(checks.map(([, check]) => check));
  const failed = results.flatMap((result, index) => {
    if (result.status === 'fulfilled') return [];
    const name = checks[index]?.[0] ?? '';
    const error = toOnboardingError(result.reason, call);
    log('error', 'ConnectionCheckFailed', { check: name, code: error.code });
    return [{ name, error }];
  });
  const first = failed[0];
  if (!first) return checks.map(([name]) => ({ name, status: 'Passed' }));
  const details = failed.map(({ name, error }) => ({
    code: error.code,
    target: name,
    message: `The check ${name} failed; the log says why.`,
  }));
  throw new OnboardingError(first.error.code, { ...first.error.facts, target: first.name, details });
}

/** A vault that denies what the app needs is a matter for an operator rather than for waiting. */
async function readVault(vault: Vault, call: VaultCall): Promise<void> {
  try {
    await retry(() => vault.listVersions('connection-test', call), { ...call, operation: 'listVersions' });
  } catch (error) {
    const refusal = error instanceof UpstreamError ? explainRefusal(error.failure, 'list') : undefined;
    if (!(error instanceof UpstreamError) || !refusal) throw error;
    const { status, code } = error.failure;
    const { reason, remedy } = refusal;
    call.log('error', 'ConfigurationError', { vault: vault.name, status, code, reason, remedy });
    throw new OnboardingError('ConfigurationError');
  }
}
