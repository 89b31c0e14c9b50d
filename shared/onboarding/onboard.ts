import { OnboardingError, type ErrorDetail } from '../errors/onboarding-error.ts';
import { now, sleep } from '../network/clock.ts';
import { isThrottled } from '../partner-center/throttle.ts';
import { checkCustomer, combineFailures, type Checked } from './check-customer.ts';
import { create } from './create.ts';
import { newCorrelationId } from './correlation.ts';
import { buildCustomerBody, deriveRequestId, type Enrichment } from './customer-body.ts';
import { credentialsNotStored, inProgress, notWhole } from './open-outcomes.ts';
import type { Onboarded } from './onboarded.ts';
import { appendEvent } from './record/append-event.ts';
import type { Started } from './record/events.ts';
import { othersLeaseLeft, type OnboardingRecord } from './record/fold.ts';
import { readRecord } from './record/read-record.ts';
import { resolveExisting, settledBy } from './resolve-existing.ts';
import { readUntilSeen } from './join-open.ts';
import { resume, sendSeen } from './resume.ts';
import { newOwner, type Run } from './run.ts';

export interface OnboardingResult {
  readonly onboarded: Onboarded;
  /** True when the onboarding had already succeeded when this run first read the record. */
  readonly replayed: boolean;
  readonly warnings: readonly ErrorDetail[];
}

/** Onboards one customer, from whatever state the record says it is in. `shared/onboarding/README.md` tells the whole story. */
export async function onboard(run: Run): Promise<OnboardingResult> {
  const saved = await saveHeld(run);
  if (saved) return { onboarded: saved, replayed: false, warnings: [] };
  const known = await settledUnderThrottle(run);
  if (known) return { onboarded: known, replayed: true, warnings: [] };
  const checking = checkCustomer(run);
  // It may be left behind by an answer from the record.
  checking.catch(() => undefined);
  const { record, settled } = await readSettled(run, checking);
  if (settled) return { onboarded: settled, replayed: record.succeeded !== undefined, warnings: [] };
  const onboarded = await resumeOpen(run, record, checking);
  if (onboarded) return { onboarded, replayed: false, warnings: [] };
  const checked = await checking;
  const taken = checked.domain === 'taken' ? await ownTaken(run, record, checked) : undefined;
  if (taken) return { onboarded: taken, replayed: false, warnings: [] };
  if (checked.failures.length > 0) throw combineFailures(checked.failures);
  return { onboarded: await start(run, record, checked.enrichment), replayed: false, warnings: checked.warnings };
}

/**
 * While Partner Center turns requests away, a repeat must not spend any on checks of a customer that is on record as onboarded. What else
 * the record says is read again beside the checks.
 */
async function settledUnderThrottle(run: Run): Promise<Onboarded | undefined> {
  if (!isThrottled(run.partner)) return undefined;
  const record = await readRecord(run.vaults, run.base, run).catch(() => undefined);
  return record?.succeeded?.fingerprint === run.fingerprint ? settledBy(run, record) : undefined;
}

/** The record and what it says for good; a conflict, or a vault that cannot be read, is told together with what the checks found. */
async function readSettled(
  run: Run,
  checking: Promise<Checked>,
): Promise<{ record: OnboardingRecord; settled: Onboarded | undefined }> {
  try {
    const record = await readRecord(run.vaults, run.base, run);
    return { record, settled: settledBy(run, record) };
  } catch (error) {
    const together = ['AlreadyOnboarded', 'VaultUnavailable'];
    if (!(error instanceof OnboardingError) || !together.includes(error.code)) throw error;
    // It stands by itself: a check that hangs must not keep it from being told.
    const found = await Promise.race([checking, sleep(run.deadline.share(0.1)).then(() => undefined)]);
    throw combineFailures([error, ...(found?.failures ?? [])]);
  }
}

/** Stores the copy that this instance holds of the domain's credentials, if it holds one. */
async function saveHeld(run: Run): Promise<Onboarded | undefined> {
  const held = run.held.find(run.domain);
  if (!held) return undefined;
  const { customerId, started } = held.created;
  const saved = await run.held.save(held, run).catch(() => undefined);
  if (!saved && run.held.find(run.domain) === held) throw credentialsNotStored(run, customerId, started.requestId);
  if (saved && started.fingerprint !== run.fingerprint) {
    throw new OnboardingError('AlreadyOnboarded', { target: 'domain', customerId });
  }
  return saved;
}

/** Takes up what is open on record: the same payload at once, another one's only when its leases are over and its domain exists. */
async function resumeOpen(
  run: Run,
  record: OnboardingRecord,
  checking: Promise<Checked>,
): Promise<Onboarded | undefined> {
  const same = record.open.find(({ fingerprint }) => fingerprint === run.fingerprint);
  if (same) return resume(run, record, same, checking);
  if (record.open.length === 0 && !record.lost) return undefined;
  if (othersLeaseLeft(record, run.instance) > 0) throw inProgress(run, record);
  if (!record.whole) throw notWhole(run);
  const { domain, failures } = await checking;
  if (domain === 'unknown') throw combineFailures(failures);
  return domain === 'taken' ? resolveExisting(run, {}) : undefined;
}

/** A taken domain may be ours, from an attempt that is on record as refused or that another instance has just begun. */
async function ownTaken(run: Run, record: OnboardingRecord, checked: Checked): Promise<Onboarded | undefined> {
  if (!record.whole) throw combineFailures([notWhole(run), ...checked.failures]);
  // Begun after the probe's answer: whoever created the domain before it had its start on record by then.
  const latest = record.started.length > 0 ? record : await readRecord(run.vaults, run.base, run);
  const settled = settledBy(run, latest);
  if (settled) return settled;
  if (!latest.whole) throw notWhole(run);
  const same = latest.open.find(({ fingerprint }) => fingerprint === run.fingerprint);
  if (same) return resume(run, latest, same, Promise.resolve(checked));
  if (latest.open.length > 0 && othersLeaseLeft(latest, run.instance) > 0) throw inProgress(run, latest);
  if (latest.started.length > 0) return resolveExisting(run, {});
  throw combineFailures([new OnboardingError('DomainTaken', { target: 'domain' }), ...checked.failures]);
}

/** Begins a new attempt: on record first, which also proves that the vault can be written, then the create. */
async function start(run: Run, record: OnboardingRecord, enrichment: Enrichment): Promise<Onboarded> {
  const { payload, fingerprint, domain } = run;
  const body = buildCustomerBody(payload, enrichment);
  const leaseSince = now();
  const started: Started = {
    event: 'Started',
    attempt: record.attempt,
    requestId: deriveRequestId(domain, body, record.attempt),
    fingerprint,
    country: payload.country,
    ...enrichment,
    owner: newOwner(run),
    leaseSeconds: run.settings.onboardingLeaseSeconds,
    correlationId: newCorrelationId(run.correlationId, record.started),
  };
  await appendEvent(run.vaults, run.base, started, run);
  const begun = { started, leaseSince, reused: false };
  // Whoever was quick was here before anybody could be past a create. Whoever was slow looks again: the password may be another by now.
  if (run.deadline.elapsed() < run.deadline.share(0.01)) return create(run, { ...begun, body, first: true });
  const seen = await readUntilSeen(run, started);
  const known = new Set([started.owner, ...record.started.map(({ owner }) => owner)]);
  const alone =
    !seen.succeeded && !seen.lost && seen.claims.length === 0 && seen.started.every(({ owner }) => known.has(owner));
  // With one vault down a free domain is onboarded through the other, as long as nobody else shows there.
  return alone
    ? create(run, { ...begun, body, first: true })
    : sendSeen(run, { ...begun, record: seen }, { body, first: true });
}
