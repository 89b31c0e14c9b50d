import { randomUUID } from 'node:crypto';
import { OnboardingError } from '../errors/onboarding-error.ts';
import { elapsedSince, now, sleep, type Moment } from '../network/clock.ts';
import { retryPolicies } from '../network/retry-policies.ts';
import { backoff } from '../network/retry.ts';
import { inSeconds } from '../network/retry-after.ts';
import { isTransient, UpstreamError } from '../network/upstream-error.ts';
import type { Table, TableCall } from '../table-storage/table.ts';
import { explainTable } from './explain-table.ts';
import { fromProperties, toProperties } from './row-properties.ts';
import type { LeaseState, Row } from './row.ts';

export const rowKey = 'onboarding';

/** A row as read, with the state of its lease by the service's clock; `left`: milliseconds until it expires. */
export interface ReadRow {
  readonly row: Row | undefined;
  readonly lease: LeaseState;
  readonly left: number;
}

/** Milliseconds added to another call's lease before it counts as expired: the service's `Date` has a resolution of one second. */
const granularity = 1000;

/**
 * The row of one domain as seen and changed by one call: with insert-if-absent and replace-if-ETag only. Writes and renewals run one after
 * another. The call measures its own lease with its monotonic clock, from before its last successful write.
 */
export class DomainRecord {
  readonly #table: Table;
  readonly #domain: string;
  readonly #holder = randomUUID();
  #known: { etag: string; row: Row } | undefined;
  #lease: { since: Moment; seconds: number } | undefined;
  #writing: Promise<unknown> = Promise.resolve();
  #everRead = false;
  #clock: { time: number; at: Moment } | undefined;

  constructor(table: Table, domain: string) {
    this.#table = table;
    this.#domain = domain;
  }

  /** Milliseconds since the epoch by the service's clock, so that the clocks of instances may differ. */
  now(): number {
    return this.#clock ? this.#clock.time + elapsedSince(this.#clock.at) : Date.now();
  }

  /** Milliseconds until this call's lease expires; 0 if it holds none. */
  leaseLeft(): number {
    return this.#lease ? Math.max(0, this.#lease.seconds * 1000 - elapsedSince(this.#lease.since)) : 0;
  }

  /** Reads the row. Throws `RecordUnavailable`, or `ConfigurationError` if waiting does not help. */
  async read(call: TableCall): Promise<ReadRow> {
    const { row: found, serviceTime } = await this.#table.read(this.#domain, rowKey, call).catch((error: unknown) => {
      throw this.#everRead ? error : explainTable(error, call);
    });
    this.#everRead = true;
    this.#clock = { time: serviceTime, at: now() };
    if (!found) {
      this.#known = undefined;
      return { row: undefined, lease: 'none', left: 0 };
    }
    const row = fromProperties(found.properties);
    if (!row) {
      call.log('error', 'RecordUnreadable', {
        domain: this.#domain,
        reason: 'a column of the row is missing or malformed',
      });
      throw new OnboardingError('RecordUnavailable', { retryAfter: inSeconds(call.deadline.share(0.15)) });
    }
    this.#known = { etag: found.etag, row };
    if (!row.lease) return { row, lease: 'none', left: 0 };
    const left = row.lease.seconds * 1000 + granularity - (serviceTime - found.timestamp);
    return { row, lease: left > 0 ? 'running' : 'expired', left: Math.max(0, left) };
  }

  /** Writes the row if it is unchanged since this call read it; `seconds`: duration of the lease, undefined to release it. */
  write(row: Row, seconds: number | undefined, call: TableCall): Promise<'done' | 'conflict' | 'unavailable'> {
    const result = this.#writing.then(() => this.#write(row, seconds, call));
    this.#writing = result.catch(() => undefined);
    return result;
  }

  /** Renews this call's lease, with changes to the row if there are any. */
  renew(call: TableCall, said: Partial<Row> = {}): Promise<'done' | 'conflict' | 'unavailable'> {
    const result = this.#writing.then(() => {
      const { row } = this.#known ?? {};
      if (!row || !this.#lease) return 'conflict';
      return this.#write({ ...row, ...said }, this.#lease.seconds, call);
    });
    this.#writing = result.catch(() => undefined);
    return result;
  }

  /** The row as last read or written. */
  get row(): Row | undefined {
    return this.#known?.row;
  }

  async #write(row: Row, seconds: number | undefined, call: TableCall): Promise<'done' | 'conflict' | 'unavailable'> {
    const before = this.#known;
    const leased: Row = seconds === undefined ? row : { ...row, lease: { holder: this.#holder, seconds } };
    const writeToken = randomUUID();
    const properties = toProperties(leased, writeToken);
    const key = { partitionKey: this.#domain, rowKey };
    for (let tried = 1; ; tried++) {
      const since = now();
      try {
        const written = before
          ? await this.#table.replace(key, before.etag, properties, call)
          : await this.#table.insert(key, properties, call);
        if (written !== 'conflict') return this.#wrote(leased, written.etag, since);
        // A repeat may find its own first write, whose response was lost.
        const own = tried > 1 ? await this.#ownWrite(writeToken, call) : undefined;
        return own === undefined ? this.#lost() : this.#wrote(leased, own, since);
      } catch (error) {
        if (!(error instanceof UpstreamError)) throw error;
        const wait = Math.max(error.failure.retryAfter ?? 0, backoff(tried, call.deadline));
        if (tried >= retryPolicies.writeRow.attempts || wait >= call.deadline.remaining() || !isTransient(error))
          return 'unavailable';
        await sleep(wait);
      }
    }
  }

  #wrote(row: Row, etag: string, since: Moment): 'done' {
    this.#known = { etag, row };
    this.#lease = row.lease ? { since, seconds: row.lease.seconds } : undefined;
    return 'done';
  }

  #lost(): 'conflict' {
    this.#lease = undefined;
    return 'conflict';
  }

  async #ownWrite(writeToken: string, call: TableCall): Promise<string | undefined> {
    const { row } = await this.#table.read(this.#domain, rowKey, call);
    return row?.properties['writeToken'] === writeToken ? row.etag : undefined;
  }
}
