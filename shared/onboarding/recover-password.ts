import { randomInt } from 'node:crypto';
import { findUser, lacksPrivileges, resetPassword } from '../partner-center/reset-password.ts';
import { OnboardingError } from '../errors/onboarding-error.ts';
import type { Settings } from '../settings/settings.ts';
import { elapsedSince, now } from '../network/clock.ts';
import { claimRecovery } from './claim-recovery.ts';
import { storeCredentials } from './credentials/store-credentials.ts';
import { credentialsLost, credentialsNotStored, outcomeUnknown, type LossReason } from './open-outcomes.ts';
import { recordSuccess, type Onboarded } from './onboarded.ts';
import { appendEvent, releaseLease } from './record/append-event.ts';
import { resetRefused, type Started } from './record/events.ts';
import type { OnboardingRecord } from './record/fold.ts';
import { repeatLast } from './repeat-last.ts';
import type { DomainRun, Run } from './run.ts';

/** Whether a lost password can be reset, else why not. */
export function canReset(
  settings: Settings,
  { enableGDAPByDefault }: Pick<Started, 'enableGDAPByDefault'>,
): 'yes' | LossReason {
  if (!settings.passwordReset) return 'no-reset-in-cloud';
  if (!settings.gdap || !enableGDAPByDefault) return 'no-gdap';
  return settings.partnerAuthFlow === 'app+user' ? 'yes' : 'app-only';
}

/**
 * The customer is ours and its password is out of reach: resets it where that is possible, else declares it lost. Either destroys what
 * another instance might still hold, so it happens only under a claim that no other lease stands against.
 */
export async function recoverPassword(
  run: Run,
  record: OnboardingRecord,
  started: Started,
  customerId: string,
): Promise<Onboarded> {
  const possible = canReset(run.settings, started);
  const call = { deadline: run.deadline, log: run.log };
  const signInName = `admin@${run.domain}`;
  // A read, before anything is claimed: right after a creation the GDAP roles are not assigned yet.
  const userId = possible === 'yes' ? await findAdministrator(run, customerId, signInName) : undefined;
  const claimedAt = now();
  const turned = await claimRecovery(run, record, started);
  if ('onboarded' in turned) return turned.onboarded;
  const { attempt, requestId, correlationId } = started;
  if (possible !== 'yes' || userId === undefined) {
    // Once a reset has begun, what a repeat shows may be a password of yesterday.
    const claim = { owner: turned.owner, since: claimedAt };
    const repeated = turned.resetBegan ? undefined : await repeatLast(run, started, claim);
    if (repeated) return repeated;
    const lost = { event: 'Lost', attempt, requestId, customerId } as const;
    await appendEvent(run.vaults, run.base, lost, run);
    // Nothing is in flight: whoever can reset, or still holds the copy, need not wait for the claim.
    await releaseLease(run, { attempt, requestId, owner: turned.owner });
    throw credentialsLost(run, customerId, possible === 'yes' ? 'recorded' : possible);
  }
  const { base, domain } = run;
  const password = generatePassword();
  const expiryDays = run.settings.credentialExpiryDays;
  const credentials = {
    domain,
    base,
    userName: signInName,
    password,
    customerId,
    requestId,
    correlationId,
    pending: turned.owner,
    expiryDays,
    doubtful: new Set<string>(),
  };
  // Stored before it is set: a crash in between leaves a password that the next call replaces, never one that nobody has.
  const stored = await storeCredentials(run.vaults, credentials, run);
  if (!stored) {
    await releaseLease(run, { attempt, requestId, owner: turned.owner });
    throw credentialsNotStored(run, customerId, requestId);
  }
  const leaseLeft = run.settings.onboardingLeaseSeconds * 1000 - elapsedSince(claimedAt);
  const deadline = run.deadline.within(Math.min(run.deadline.share(0.2), leaseLeft / 2));
  try {
    await resetPassword(run.partner, { customerId, userId, password }, { ...call, deadline });
  } catch (error) {
    if (!lacksPrivileges(error)) throw outcomeUnknown(run, 'the reset was not answered', { requestId, customerId });
    await releaseLease(run, { attempt, requestId, owner: turned.owner }, resetRefused);
    throw credentialsLost(run, customerId, 'gdap-roles-missing');
  }
  return recordSuccess(run, { started, customerId, mustBeRecorded: true }, stored).catch(() => {
    throw outcomeUnknown(run, 'the reset could not be put on record', { requestId, customerId });
  });
}

async function findAdministrator(run: DomainRun, customerId: string, signInName: string): Promise<string> {
  try {
    const userId = await findUser(run.partner, customerId, signInName, { deadline: run.deadline, log: run.log });
    if (userId !== undefined) return userId;
  } catch (error) {
    if (lacksPrivileges(error)) throw credentialsLost(run, customerId, 'gdap-roles-missing');
    if (error instanceof OnboardingError) throw error;
  }
  throw outcomeUnknown(run, 'the administrator was not found yet', { customerId });
}

/** 24 characters with upper and lower case, digits and signs: what Microsoft Entra asks of a password. */
function generatePassword(): string {
  const kinds = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnopqrstuvwxyz', '23456789', '!#%*+-=?@_'];
  const pick = (characters: string): string => characters.charAt(randomInt(characters.length));
  const characters = [...kinds.map(pick), ...Array.from({ length: 20 }, () => pick(kinds.join('')))];
  for (let last = characters.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [characters[last], characters[other]] = [characters[other] ?? '', characters[last] ?? ''];
  }
  return characters.join('');
}
