import { OnboardingError } from '../errors/onboarding-error.ts';
import { combineFailures, type Checked } from './check-customer.ts';
import { findStored } from './credentials/find-stored.ts';
import { recordSuccess, type Onboarded } from './onboarded.ts';
import { inProgress, notWhole } from './open-outcomes.ts';
import { leasesLeft, openStart, type OnboardingRecord } from './record/fold.ts';
import { readRecord } from './record/read-record.ts';
import { resolveExisting, settledBy } from './resolve-existing.ts';
import { resume } from './resume.ts';
import type { Run } from './run.ts';

/** Takes up what is open on record: the same payload at once, another one's only when its leases are over and its domain exists. */
export async function resumeOpen(
  run: Run,
  record: OnboardingRecord,
  checking: Promise<Checked>,
): Promise<Onboarded | undefined> {
  const same = openStart(record, run.fingerprint);
  if (same) return resume(run, record, same, checking);
  if (record.open.length === 0 && !record.lost) return undefined;
  // Also where this very instance was at work: its create may still be running, and its caller was told that a retry resolves it.
  const left = leasesLeft(record);
  if (left > 0) throw inProgress(run, left);
  if (!record.whole) throw notWhole(run);
  const checked = await checking;
  if (checked.domain === 'unknown') throw combineFailures(checked.failures);
  return checked.domain === 'taken' ? resolveTaken(run, checked) : undefined;
}

/** What was declared lost may have been stored since, by an instance that held the copy and ended before it could say so. */
export async function closeLate(run: Run, record: OnboardingRecord): Promise<Onboarded | undefined> {
  const { lost, succeeded } = record;
  const started = record.started.find(({ requestId }) => requestId === lost?.requestId);
  if (!lost || succeeded || started?.fingerprint !== run.fingerprint) return undefined;
  const { stored, resetBegan } = await findStored(run, lost.requestId, record);
  return stored && !resetBegan ? recordSuccess(run, { started, customerId: lost.customerId }, stored) : undefined;
}

/** A taken domain may be ours, from an attempt that is on record as refused or that another instance has just begun. */
export async function ownTaken(run: Run, record: OnboardingRecord, checked: Checked): Promise<Onboarded | undefined> {
  if (!record.whole) throw combineFailures([notWhole(run), ...checked.failures]);
  // Begun after the probe's answer: whoever created the domain before it had its start on record by then.
  const latest = record.started.length > 0 ? record : await readRecord(run.vaults, run.base, run);
  const settled = settledBy(run, latest);
  if (settled) return settled;
  if (!latest.whole) throw notWhole(run);
  const same = openStart(latest, run.fingerprint);
  if (same) return resume(run, latest, same, Promise.resolve(checked));
  const left = leasesLeft(latest);
  if (latest.open.length > 0 && left > 0) throw inProgress(run, left);
  if (latest.started.length > 0) return resolveTaken(run, checked);
  throw combineFailures([new OnboardingError('DomainTaken', { target: 'domain' }), ...checked.failures]);
}

/** Finds out whose a taken domain is; a conflict is told together with what the checks found. */
async function resolveTaken(run: Run, { failures }: Checked): Promise<Onboarded> {
  try {
    return await resolveExisting(run, {});
  } catch (error) {
    const conflict = error instanceof OnboardingError && ['DomainTaken', 'AlreadyOnboarded'].includes(error.code);
    throw conflict ? combineFailures([error, ...failures]) : error;
  }
}
