import { now } from '../../network/clock.ts';
import { appendEvent } from '../record/append-event.ts';
import { startAgain } from '../record/events.ts';
import { claimsLeft } from '../record/fold.ts';
import { readRecord } from '../record/read-record.ts';
import { pauseLeft } from '../record/pause-left.ts';
import { newOwner, type DomainRun } from '../run.ts';
import { findCredentials } from './find-credentials.ts';
import type { Held } from './held.ts';

/**
 * Whether a copy may still be stored after its lease: flag first, look afterwards. `superseded` when the record or the credentials show
 * that another instance has stored or reset the password. Where it was only declared lost, the copy is what was lost.
 */
export async function maySaveLate(held: Held, run: DomainRun): Promise<'yes' | 'not now' | 'superseded'> {
  const { requestId } = held.created.started;
  const before = await readRecord(run.vaults, run.base, run);
  if (!before.whole) return 'not now';
  if (before.succeeded) return 'superseded';
  const { leaseSeconds } = held;
  if (pauseLeft(before, 'started', { requestId, leaseSeconds }) > 0) return 'not now';
  const since = now();
  const started = startAgain(held.created.started, { owner: newOwner(run), leaseSeconds });
  await appendEvent(run.vaults, run.base, started, run);
  const record = await readRecord(run.vaults, run.base, run);
  if (!record.whole) return 'not now';
  if (record.succeeded) return 'superseded';
  if (claimsLeft(record) > 0) return 'not now';
  const found = await findCredentials(run, requestId, record);
  if (found.resetBegan || found.stored) return 'superseded';
  if (!found.whole) return 'not now';
  held.leaseSince = since;
  return 'yes';
}
