import { notWhole } from '../open-outcomes.ts';
import type { OnboardingRecord } from '../record/fold.ts';
import type { DomainRun } from '../run.ts';
import { findCredentials, type FoundCredentials } from './find-credentials.ts';
import { storeUserName } from './store-credentials.ts';

/**
 * The credentials that are stored for a request id. A password that is there without its user name is as good as whole: the name is known
 * and no secret, so it is stored beside it. Throws `VaultUnavailable` when that fails.
 */
export async function findStored(
  run: DomainRun,
  requestId: string,
  record: Pick<OnboardingRecord, 'resetsRefused'>,
): Promise<FoundCredentials> {
  const { domain, base } = run;
  const found = await findCredentials(run, requestId, record);
  const { customerId, correlationId = '' } = found.passwordAlone?.password.tags ?? {};
  if (!found.whole || found.resetBegan || !found.passwordAlone || customerId === undefined) return found;
  const { vault, password } = found.passwordAlone;
  const expiryDays = run.settings.credentialExpiryDays;
  const credentials = { domain, base, userName: `admin@${domain}`, customerId, correlationId, requestId, expiryDays };
  const userName = await storeUserName(vault, { ...credentials, doubtful: new Set() }, run).catch(() => undefined);
  if (!userName) throw notWhole(run);
  return { ...found, passwordAlone: undefined, stored: { vault: vault.url, userName, password, customerId } };
}
