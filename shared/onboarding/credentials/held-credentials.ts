import { elapsedSince, now, sleep, type Moment } from '../../network/clock.ts';
import { Deadline } from '../../network/deadline.ts';
import { backgroundLog } from '../../log/log.ts';
import { recordSuccess, type Created, type Onboarded } from '../onboarded.ts';
import type { DomainRun } from '../run.ts';
import { maySaveLate } from './save-late.ts';
import { storeCredentials, type Credentials } from './store-credentials.ts';

/** The only copy of a new administrator's credentials, in the memory of the instance that received it. */
export interface Held {
  readonly created: Created;
  readonly credentials: Credentials;
  /** Since when the lease runs under which this instance may store without looking. */
  leaseSince: Moment;
  readonly leaseSeconds: number;
  saving?: Promise<Onboarded | undefined> | undefined;
}

const keepFor = 24 * 60 * 60_000;

/** The copies that this instance holds, by domain. They leave it by being stored, by being superseded, or after a day. */
export class HeldCredentials {
  readonly #copies = new Map<string, Held>();

  find(domain: string): Held | undefined {
    return this.#copies.get(domain);
  }

  hold(held: Held): void {
    this.#copies.set(held.credentials.domain, held);
  }

  drop({ credentials }: Held): void {
    this.#copies.delete(credentials.domain);
  }

  /** Resolves when nothing is held any more, or when what is held is not being stored at the moment. */
  async settled(): Promise<void> {
    await Promise.all([...this.#copies.values()].map(({ saving }) => saving?.catch(() => undefined)));
  }

  /**
   * Stores a copy and closes the onboarding; undefined when no vault takes it now. Past its lease it looks at the record first: a reset
   * may have begun meanwhile, and then the copy is worthless. Calls side by side share one attempt.
   */
  save(held: Held, run: DomainRun): Promise<Onboarded | undefined> {
    held.saving ??= this.#save(held, run).finally(() => (held.saving = undefined));
    return held.saving;
  }

  async #save(held: Held, run: DomainRun): Promise<Onboarded | undefined> {
    if (elapsedSince(held.leaseSince) >= held.leaseSeconds * 1000) {
      const verdict = await maySaveLate(held, run);
      if (verdict === 'superseded') this.drop(held);
      if (verdict !== 'yes') return undefined;
    }
    const stored = await storeCredentials(run.vaults, held.credentials, run);
    if (!stored) return undefined;
    this.drop(held);
    return recordSuccess(run, held.created, stored);
  }

  /** Goes on offering a copy to every vault, in the background, until it is stored or has lost its worth. */
  async keepOffering(held: Held, run: DomainRun): Promise<void> {
    const since = now();
    const timeout = run.deadline.total;
    for (let round = 0; this.#copies.get(run.domain) === held && elapsedSince(since) < keepFor; round++) {
      // Within the lease every few seconds; later less and less often, because each try then adds a version to the record.
      const late = elapsedSince(held.leaseSince) >= held.leaseSeconds * 1000;
      await sleep(
        late
          ? held.leaseSeconds * 1000 * Math.min(2 ** round, 64)
          : Math.min(timeout * 0.02 * 1.5 ** round, timeout * 0.15),
      );
      if (this.#copies.get(run.domain) !== held) return;
      await this.save(held, { ...run, deadline: Deadline.after(timeout), log: backgroundLog }).catch(() => undefined);
    }
    this.drop(held);
  }
}
