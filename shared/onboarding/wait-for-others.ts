import { sleep } from '../network/clock.ts';
import { othersLeaseLeft, type OnboardingRecord } from './record/fold.ts';
import { readRecord } from './record/read-record.ts';
import type { DomainRun } from './run.ts';

/**
 * Waits while other instances hold a lease on the domain: until the record says how it ended, the leases are over, or `patience`
 * milliseconds have passed. Gives the record as it was read last.
 */
export async function waitForOthers(
  run: DomainRun,
  first: OnboardingRecord,
  patience: number,
): Promise<OnboardingRecord> {
  const until = run.deadline.within(patience);
  const pause = Math.max(100, run.deadline.share(0.005));
  let record = first;
  while (!record.succeeded && othersLeaseLeft(record, run.instance) > 0 && until.remaining() > pause) {
    await sleep(pause);
    record = await readRecord(run.vaults, run.base, run);
  }
  return record;
}
