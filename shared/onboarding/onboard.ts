import { OnboardingError, type ErrorDetail } from '../errors/onboarding-error.ts';
import { now, sleep } from '../network/clock.ts';
import { isThrottled } from '../partner-center/throttle.ts';
import { checkCustomer, combineFailures, type Checked } from './check-customer.ts';
import { create } from './create.ts';
import { newCorrelationId } from './correlation.ts';
import { buildCustomerBody, deriveRequestId, type Enrichment } from './customer-body.ts';
import { alreadyOnboarded, credentialsNotStored } from './open-outcomes.ts';
import type { Onboarded } from './onboarded.ts';
import { appendEvent } from './record/append-event.ts';
import type { Started } from './record/events.ts';
import type { OnboardingRecord } from './record/fold.ts';
import { readRecord } from './record/read-record.ts';
import { settledBy } from './resolve-existing.ts';
import { readUntilSeen } from './join-open.ts';
import { sendSeen } from './resume.ts';
import { newOwner, type Run } from './run.ts';
import { closeLate, ownTaken, resumeOpen } from './take-up.ts';

export interface OnboardingResult {
  readonly onboarded: Onboarded;
  /** True when the onboarding had already succeeded when this run first read the record. */
  readonly replayed: boolean;
  readonly warnings: readonly ErrorDetail[];
}

/**
 * Onboards one customer, from whatever state the record says it is in; `tellAtWork` is called when the record alone does not answer it.
 * `shared/onboarding/README.md` tells the whole story.
 */
export async function onboard(run: Run, tellAtWork: () => void): Promise<OnboardingResult> {
  const saved = await saveHeld(run);
  if (saved) return { onboarded: saved, replayed: false, warnings: [] };
  const known = await settledUnderThrottle(run);
  if (known) return { onboarded: known, replayed: true, warnings: [] };
  const checking = checkCustomer(run);
  // It may be left behind by an answer from the record.
  checking.catch(() => undefined);
  const { record, settled } = await readSettled(run, checking);
  if (settled) return { onboarded: settled, replayed: record.succeeded !== undefined, warnings: [] };
  tellAtWork();
  const resumed = await resumeOpen(run, record, checking);
  // It did not wait for the checks, and one that hangs must not hold it up now.
  if (resumed) {
    const warnings = (await soonOf(run, checking, 0.02))?.warnings ?? [];
    return { onboarded: resumed, replayed: false, warnings };
  }
  const checked = await checking;
  const taken = checked.domain === 'taken' ? await ownTaken(run, record, checked) : undefined;
  if (taken) return { onboarded: taken, replayed: false, warnings: checked.warnings };
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
    return { record, settled: (await closeLate(run, record)) ?? settledBy(run, record) };
  } catch (error) {
    const together = ['AlreadyOnboarded', 'VaultUnavailable'];
    if (!(error instanceof OnboardingError) || !together.includes(error.code)) throw error;
    // It stands by itself: a check that hangs must not keep it from being told.
    const found = await soonOf(run, checking, 0.1);
    throw combineFailures([error, ...(found?.failures ?? [])]);
  }
}

/** What the checks find within a share of the whole call; undefined when they take longer. */
function soonOf(run: Run, checking: Promise<Checked>, share: number): Promise<Checked | undefined> {
  return Promise.race([checking, sleep(run.deadline.share(share)).then(() => undefined)]);
}

/** Stores the copy that this instance holds of the domain's credentials, if it holds one. */
async function saveHeld(run: Run): Promise<Onboarded | undefined> {
  const held = run.held.find(run.domain);
  if (!held) return undefined;
  const { customerId, started } = held.created;
  const saved = await run.held.save(held, run).catch(() => undefined);
  if (!saved && run.held.find(run.domain) !== held) return undefined;
  if (started.fingerprint !== run.fingerprint) throw alreadyOnboarded(customerId);
  if (!saved) throw credentialsNotStored(run, customerId, started.requestId);
  return saved;
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
